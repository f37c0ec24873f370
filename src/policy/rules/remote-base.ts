import type { Files } from '../../kustomize';
import { resolved } from '../folder';
import { kustomizationsInUse, lineIn, REFERENCES } from '../kustomization-files';
import { defineRule, listAt } from '../rule';

/** An address, as kustomize takes it: of a scheme, of git over ssh, or of a well-known host without either. */
const ADDRESS = /^(\w+:\/\/|git::|[\w.-]+@[\w.-]+:|(github\.com|gitlab\.com|bitbucket\.org)[/:])|[?&]ref=/;

/** What says which version is meant: a query, or a step of the address that is a version, a tag's or a commit's. */
const PINNED = /[?&](ref|version)=\w|\/v?\d+\.\d+(\.\d+)?([-+.][\w.]+)?(\/|$)|\/[0-9a-f]{40}(\/|$)|\/releases\/download\//;

/** Source: kustomize's remote resources, which are fetched at every build. */
export const remoteBase = defineRule({
  name: 'remote-base',
  ids: ['F47'],
  claim: 'no kustomization.yaml fetches from the network',
  because: 'every reconcile needs the other server; when it is away, or changes what it serves, the cluster is what breaks',
  evidence: 'kustomize-controller, --no-remote-bases; Flux, multi-tenancy lockdown',
  severity: 'warning',
  fix: 'copy it into the repository, or let a GitRepository or OCIRepository of its own fetch it',

  *check(repository) {
    for (const { path, folder, content } of kustomizationsInUse(repository)) {
      for (const field of REFERENCES) {
        for (const [index, entry] of listAt(content, field).entries()) {
          if (typeof entry !== 'string' || !ADDRESS.test(entry) || isLocal(repository.files, folder, entry)) continue;
          const line = lineIn(repository.files, path, `- ${entry}`);
          const pinned = PINNED.test(entry);
          yield {
            on: { file: path, ...(line !== undefined && { line }) },
            at: `${field}[${index}]`,
            found: `${withoutUser(entry)} is fetched at every build${pinned ? '' : ', in whatever version it has then'}`,
            fix: pinned
              ? 'copy it into the repository, or let a GitRepository or OCIRepository of its own fetch it'
              : 'name a version (?ref=v1.2.3), or copy it into the repository',
          };
        }
      }
    }
  },
});

/** A user and password in an address are nobody's business. */
function withoutUser(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}

function isLocal(files: Files, folder: string, entry: string): boolean {
  const path = resolved(folder, entry);
  return path !== undefined && files.list(path) !== undefined;
}
