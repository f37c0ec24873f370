import { valuesFromExists } from '../../src/policy/rules/values-from-exists';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'the release is not installed: Flux tries again, each time later, up to every quarter of an hour';

const RELEASE = (from: string): string => `# namespaces/ferry/release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ferry, namespace: ferry }
spec: { valuesFrom: [${from}] }
`;

testRule(valuesFromExists, {
  allowed: {
    'a ConfigMap and a Secret beside it': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { valuesFrom: [{ kind: ConfigMap, name: ferry }, { kind: Secret, name: ferry, valuesKey: password, targetPath: password }] }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { values.yaml: '' }
      ---
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { password: x }`,
    'one that need not be there': RELEASE('{ kind: ConfigMap, name: absent, optional: true }'),
    'a Secret that a controller makes': `${RELEASE('{ kind: Secret, name: ferry, valuesKey: password }')}---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: pier, namespace: ferry }
spec: { target: { name: ferry } }`,
    'a namespace where another chart may make it': `${RELEASE('{ kind: ConfigMap, name: absent }')}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: harbour, namespace: flux-system }
spec: { targetNamespace: ferry }`,
  },
  refused: {
    'a misspelt name, another key, and a Secret that only a person can have made': [
      `${RELEASE('{ kind: ConfigMap, name: fery }, { kind: ConfigMap, name: ferry, valuesKey: value.yaml }, { kind: Secret, name: absent }')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: ferry, namespace: ferry }
data: { values.yaml: '' }`,
      `
      namespaces/ferry/release.yaml: values-from-exists
        what   there is no ConfigMap ferry/fery
        where  HelmRelease ferry/ferry, spec.valuesFrom[0].name
        why    ${WHY}
        fix    there is ferry: correct the name
      namespaces/ferry/release.yaml: values-from-exists
        what   ConfigMap ferry/ferry has no key value.yaml
        where  HelmRelease ferry/ferry, spec.valuesFrom[1].valuesKey
        why    ${WHY}
        fix    there is values.yaml: correct the key
      namespaces/ferry/release.yaml: values-from-exists (warning)
        what   there is no Secret ferry/absent
        where  HelmRelease ferry/ferry, spec.valuesFrom[2].name
        why    ${WHY}
        fix    add it, in namespace ferry, or state optional: true`,
    ],
    'a hash behind the name': [
      `${RELEASE('{ kind: ConfigMap, name: ferry }')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: ferry-7b9kd2m4hc, namespace: ferry }
data: { values.yaml: '' }`,
      `
      namespaces/ferry/release.yaml: values-from-exists
        what   there is no ConfigMap ferry/ferry, but ferry-7b9kd2m4hc
        where  HelmRelease ferry/ferry, spec.valuesFrom[0].name
        why    ${WHY}
        fix    kustomize puts a hash behind the name and does not follow it into a HelmRelease: set generatorOptions.disableNameSuffixHash: true`,
    ],
    'a ConfigMap of one that it does not wait for': [
      `${RELEASE('{ kind: ConfigMap, name: ferry }')}---
# namespaces/harbour/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: ferry, namespace: ferry }
data: { values.yaml: '' }`,
      `
      namespaces/ferry/release.yaml: values-from-exists (warning)
        what   ConfigMap ferry/ferry comes from flux-system/harbour, for which flux-system/ferry does not wait
        where  HelmRelease ferry/ferry, spec.valuesFrom[0].name
        why    where the release comes first, Flux tries again, each time later, up to every quarter of an hour
        fix    add harbour to dependsOn of ferry`,
    ],
  },
});
