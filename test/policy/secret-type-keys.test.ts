import { secretTypeKeys } from '../../src/policy/rules/secret-type-keys';
import { testRule, yaml } from '../support/rule-tester';
import { encrypted } from '../support/sops';

const WHY = 'the API server refuses it, and all that the Flux Kustomization applies with it';

testRule(secretTypeKeys, {
  allowed: {
    'any keys, without a type': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { cert: x }`,
    'both of TLS': yaml`
      kind: Secret
      type: kubernetes.io/tls
      metadata: { name: ferry, namespace: ferry }
      data: { tls.crt: eA== }
      stringData: { tls.key: x }`,
    'one of two, encrypted': encrypted('ferry').replace('kind: Secret', 'kind: Secret\ntype: kubernetes.io/basic-auth'),
    'a type that nobody checks': yaml`
      kind: Secret
      type: ferry.example.org/ticket
      metadata: { name: ferry, namespace: ferry }`,
    'a token of a ServiceAccount': yaml`
      kind: Secret
      type: kubernetes.io/service-account-token
      metadata: { name: ferry, namespace: ferry, annotations: { kubernetes.io/service-account.name: ferry } }`,
  },
  refused: {
    'keys of other names': [
      yaml`
      kind: Secret
      type: kubernetes.io/tls
      metadata: { name: ferry, namespace: ferry }
      stringData: { cert.pem: x, tls.key: x }`,
      `
      namespaces/ferry/0.yaml: secret-type-keys
        what   no tls.crt in a Secret of type kubernetes.io/tls, which holds cert.pem, tls.key
        where  Secret ferry/ferry, data
        why    ${WHY}
        fix    add tls.crt, or make it Opaque; the type of a Secret that is there cannot be changed`,
    ],
    'a registry without its file, which is encrypted': [
      encrypted('ferry').replace('kind: Secret', 'kind: Secret\ntype: kubernetes.io/dockerconfigjson'),
      `
      namespaces/ferry/0.yaml: secret-type-keys
        what   no .dockerconfigjson in a Secret of type kubernetes.io/dockerconfigjson, which holds password
        where  Secret ferry/ferry, data
        why    ${WHY}
        fix    add .dockerconfigjson, or make it Opaque; the type of a Secret that is there cannot be changed`,
    ],
    'neither user nor password': [
      yaml`
      kind: Secret
      type: kubernetes.io/basic-auth
      metadata: { name: ferry, namespace: ferry }
      stringData: { user: x }`,
      `
      namespaces/ferry/0.yaml: secret-type-keys
        what   no username and no password in a Secret of type kubernetes.io/basic-auth
        where  Secret ferry/ferry, data
        why    ${WHY}
        fix    add one of the two, or make it Opaque`,
    ],
    'a token of nobody': [
      yaml`
      kind: Secret
      type: kubernetes.io/service-account-token
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: secret-type-keys
        what   no ServiceAccount is named in a Secret of type kubernetes.io/service-account-token
        where  Secret ferry/ferry, metadata.annotations["kubernetes.io/service-account.name"]
        why    ${WHY}
        fix    name it in that annotation`,
    ],
  },
});
