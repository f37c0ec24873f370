import { ofKind } from '../../effective';
import { at, defineRule, leaves } from '../rule';

/** A field that holds a credential itself, and not the name of a Secret or of its key. */
const CREDENTIAL =
  /(password|passwd|passphrase|token|client_?secret|(secret|access|private|encryption|api|auth)_?(access_?)?key|erlang_?cookie|connection_?string)(\[\d+\])?$/i;

/** `existingPassword` and the like: a chart's fields for the name of a Secret, and no credential. */
const EXISTING = /existing[a-z]*(password|token)$/i;

/** Source: ADR 0011; a password in Git is leaked for good. */
export const noClearTextCredential = defineRule({
  name: 'no-clear-text-credential',
  ids: ['S23', 'S24'],
  claim: 'no manifest holds a credential in clear text',
  because: 'whoever can read the repository, or its history, has it for good',
  evidence: 'specification, "Secrets"; a value that was in Git once stays in its history',
  severity: 'error',
  fix: 'encrypt the Secret with SOPS, and change the value that was in clear text',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'Secret', '')) {
      for (const field of ['data', 'stringData']) {
        for (const [path, value] of leaves(at(on.object, field))) {
          if (typeof value !== 'string' || value === '' || value.startsWith('ENC[')) continue;
          yield {
            on,
            at: `${field}.${path}`,
            found: 'a Secret with a value in clear text',
            fix: 'declare it with this.secret(…) and keep the value SOPS-encrypted',
          };
        }
      }
    }
    for (const on of ofKind(repository, 'HelmRelease')) {
      for (const [path, value] of leaves(at(on.object, 'spec', 'values'))) {
        if ((typeof value !== 'string' && typeof value !== 'number') || value === '' || !CREDENTIAL.test(path) || EXISTING.test(path))
          continue;
        yield {
          on,
          at: `spec.values.${path}`,
          found: 'a credential in clear text',
          fix: 'let the chart read it from a Secret (existingSecret), declared with this.secret(…)',
        };
      }
    }
  },
});
