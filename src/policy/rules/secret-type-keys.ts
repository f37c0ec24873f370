import { ofKind } from '../../effective';
import { keysOf } from '../config-makers';
import { defineRule, mapAt, textAt } from '../rule';
import { few } from '../written-patches';

/** Keys without which the API server refuses a Secret of a type. Source: Kubernetes 1.33, pkg/apis/core/validation, ValidateSecret. */
const ALL_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
]);

/** Source: Kubernetes 1.33, ValidateSecret: the keys are there when the Secret is made, or it is not made. */
export const secretTypeKeys = defineRule({
  name: 'secret-type-keys',
  ids: ['S23'],
  claim: 'a Secret of a type holds the keys of that type',
  because: 'the API server refuses it, and all that the Flux Kustomization applies with it',
  evidence: 'Kubernetes 1.33, pkg/apis/core/validation, ValidateSecret',
  severity: 'error',
  fix: 'name the keys as the type demands, or make it Opaque',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'Secret', '')) {
      const type = textAt(on.object, 'type') ?? 'Opaque';
      if (on.unknown?.has('type')) continue;
      const keys = keysOf(on.object);
      const missing = (ALL_OF.get(type) ?? []).filter((key) => !keys.includes(key));
      if (missing.length > 0) {
        yield {
          on,
          at: 'data',
          found: `no ${missing.join(' and no ')} in a Secret of type ${type}${keys.length > 0 ? `, which holds ${few(keys)}` : ''}`,
          fix: `add ${missing.join(' and ')}, or make it Opaque; the type of a Secret that is there cannot be changed`,
        };
      } else if (type === 'kubernetes.io/basic-auth' && !keys.includes('username') && !keys.includes('password')) {
        yield {
          on,
          at: 'data',
          found: `no username and no password in a Secret of type ${type}`,
          fix: 'add one of the two, or make it Opaque',
        };
      } else if (
        type === 'kubernetes.io/service-account-token' &&
        !mapAt(on.object, 'metadata', 'annotations')['kubernetes.io/service-account.name']
      ) {
        yield {
          on,
          at: 'metadata.annotations["kubernetes.io/service-account.name"]',
          found: `no ServiceAccount is named in a Secret of type ${type}`,
          fix: 'name it in that annotation',
        };
      }
    }
  },
});
