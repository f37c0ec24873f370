import { at, defineRule, leaves, ofKind } from '../rule';

/** A field that holds a credential itself, and not the name of a Secret or of its key. */
const CREDENTIAL =
  /(password|passwd|passphrase|token|client_?secret|(secret|access|private|encryption|api|auth)_?(access_?)?key|erlang_?cookie|connection_?string)(\.\d+)?$/i;

/** `existingPassword` and the like: a chart's fields for the name of a Secret, and no credential. */
const EXISTING = /existing[a-z]*(password|token)$/i;

/** Source: ADR 0011; a password in Git is leaked for good. */
export const noClearTextCredential = defineRule({
  name: 'no-clear-text-credential',
  claim: 'no manifest holds a credential in clear text',
  because: 'whoever can read the repository, or its history, has it for good',

  *check(manifests) {
    for (const manifest of ofKind(manifests, 'Secret')) {
      for (const field of ['data', 'stringData']) {
        for (const [path, value] of leaves(at(manifest.object, field))) {
          if (typeof value !== 'string' || value === '' || value.startsWith('ENC[')) continue;
          yield {
            manifest,
            at: `${field}.${path}`,
            found: 'a Secret with a value in clear text',
            fix: 'declare it with this.secret(…) and keep the value SOPS-encrypted',
          };
        }
      }
    }
    for (const manifest of ofKind(manifests, 'HelmRelease')) {
      for (const [path, value] of leaves(at(manifest.object, 'spec', 'values'))) {
        if ((typeof value !== 'string' && typeof value !== 'number') || value === '' || !CREDENTIAL.test(path) || EXISTING.test(path))
          continue;
        yield {
          manifest,
          at: `spec.values.${path}`,
          found: 'a credential in clear text',
          fix: 'let the chart read it from a Secret (existingSecret), declared with this.secret(…)',
        };
      }
    }
  },
});
