import fs from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * Repositories that somebody might hand to `strata check`, by mistake or on purpose. They are written when a test asks for them: some
 * hold files that no repository of ours should carry.
 */

/** Path to content; a link is `{ link: target }`, a file of so many bytes that are not there `{ hole: bytes }`. */
export type Content = string | Uint8Array | { readonly link: string } | { readonly hole: number };
export type Repository = Readonly<Record<string, Content>>;

export function write(root: string, repository: Repository): void {
  for (const [path, content] of Object.entries(repository)) {
    const place = join(root, path);
    fs.mkdirSync(dirname(place), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) fs.writeFileSync(place, content);
    else if ('link' in content) fs.symlinkSync(content.link, place);
    else {
      const file = fs.openSync(place, 'w');
      fs.ftruncateSync(file, content.hole);
      fs.closeSync(file);
    }
  }
}

const SYNC = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: 'ssh://git@example.org/infra.git' }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 5m, path: ./clusters/office, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** A Flux Kustomization of the cluster. */
export function flux(name: string, spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system }, ${spec} }
`;
}

export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\ndata: { a: b }\n';

/** A cluster that applies `apps/`, a folder that lists `a.yaml`; the rest of the repository is given. */
export function cluster(more: Repository, apps = flux('apps', 'path: ./apps')): Repository {
  return {
    'clusters/office/flux-system/gotk-sync.yaml': SYNC,
    'clusters/office/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/office/apps.yaml': apps,
    'clusters/office/kustomization.yaml': 'resources: [flux-system, apps.yaml]\n',
    'apps/kustomization.yaml': 'resources: [a.yaml]\n',
    'apps/a.yaml': CONFIG_MAP,
    ...more,
  };
}

const withData = (data: string) => ({
  'apps/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\ndata:\n${data}`,
});
const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}${close.repeat(depth)}`;

/** Ten levels of ten aliases: ten thousand million leaves, if anybody counted them out. */
const BOMB = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`),
];

function range<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Each by what is wrong with it. */
export const HOSTILE: Readonly<Record<string, Repository>> = {
  'nothing wrong, to compare with': cluster({}),
  'an empty folder': {},
  'folders in the place of files': cluster({
    'apps/b.yaml/c': '',
    'more/kustomization.yaml/d': '',
    'apps/kustomization.yaml': 'resources: [a.yaml, b.yaml, ../more]\n',
  }),
  'links in circles': cluster({
    'apps/self': { link: 'self' },
    'apps/up': { link: '..' },
    'apps/kustomization.yaml': 'resources: [a.yaml, up/apps, self]\n',
  }),
  'a link out of the repository': cluster({
    'apps/b.yaml': { link: '/etc/passwd' },
    'apps/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
  }),
  'resources out of the repository': cluster({
    'apps/kustomization.yaml': 'resources: [a.yaml, ../../../../etc, /etc/passwd, ../../outside.yaml]\n',
  }),
  'a path out of the repository': cluster({}, flux('apps', 'path: ../../../etc')),
  'an absolute path': cluster({}, flux('apps', 'path: /etc')),
  'a file of 100 MB': cluster({ 'apps/a.yaml': { hole: 100 * 1024 * 1024 } }),
  'a file of 100 MB that nobody lists': cluster({ 'apps/huge.yaml': { hole: 100 * 1024 * 1024 } }),
  'a binary': cluster({ 'apps/a.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]) }),
  'bytes that are not UTF-8': cluster({ 'apps/a.yaml': Buffer.from(`${CONFIG_MAP}# J\xf6rg\n`, 'latin1') }),
  'UTF-16': cluster({ 'apps/a.yaml': Buffer.from(`\ufeff${CONFIG_MAP}`, 'utf16le') }),
  'a byte order mark': cluster({ 'apps/a.yaml': `\ufeff${CONFIG_MAP}` }),
  'duplicate keys': cluster(withData('  a: b\n  a: c\n')),
  'lines that end as on Windows': cluster({
    'apps/a.yaml': CONFIG_MAP.replaceAll('\n', '\r\n'),
    'apps/kustomization.yaml': 'resources:\r\n- a.yaml\r\n',
  }),
  tabs: cluster(withData('\ta: b\n')),
  'no YAML': cluster({ 'apps/a.yaml': '}{][\n%&*!\n"' }),
  'an empty file': cluster({ 'apps/a.yaml': '' }),
  'nothing but comments': cluster({ 'apps/a.yaml': '# a\n---\n# b\n---\n' }),
  'a thousand empty documents': cluster({ 'apps/a.yaml': '---\n'.repeat(1000) }),
  'lists nested 100,000 deep': cluster(withData(`  a: ${nested('[', ']', 100_000)}\n`)),
  'maps nested 100,000 deep': cluster(withData(`  a: ${nested('{a: ', '}', 100_000)}\n`)),
  'lists nested 100,000 deep that never end': cluster(withData(`  a: ${'['.repeat(100_000)}`)),
  'dashes nested 20,000 deep': cluster(withData(`  a:\n    ${'- '.repeat(20_000)}x\n`)),
  'a kustomization.yaml nested 100,000 deep': cluster({ 'apps/kustomization.yaml': nested('[', ']', 100_000) }),
  'lists nested 1,000 deep': cluster(withData(`  a: ${nested('[', ']', 1000)}\n`)),
  'an alias bomb': cluster(withData(`${BOMB.map((line) => `  ${line}`).join('\n')}\n`)),
  'an alias bomb in kustomization.yaml': cluster({ 'apps/kustomization.yaml': `${BOMB.join('\n')}\nresources: *a9\n` }),
  'an alias bomb of merge keys': cluster(
    withData(
      `  a0: &a0 { x: y }\n${range(30, (level) => `  a${level + 1}: &a${level + 1} { <<: [${Array(10).fill(`*a${level}`).join(', ')}], k${level}: v }\n`).join('')}`,
    ),
  ),
  'an alias of itself': cluster(withData('  a: &a [*a]\n')),
  'a string of 5 MB': cluster(withData(`  a: ${'x'.repeat(5_000_000)}\n`)),
  'a map of 20,000 keys': cluster(withData(range(20_000, (index) => `  k${index}: v\n`).join(''))),
  'names of prototypes': cluster(
    withData('  __proto__: { a: b }\n  constructor: { prototype: { a: b } }\n  toString: x\n  hasOwnProperty: 1\n'),
  ),
  'an object that is none': cluster({
    'apps/a.yaml': ['null', '7', 'a', '[]', '{}', 'kind: []', 'apiVersion: 1\nkind: 2', 'kind: A\nmetadata: []'].join('\n---\n'),
  }),
  'a kustomization.yaml of wrong types': cluster({
    'apps/kustomization.yaml': 'resources: a\npatches: { a: b }\nnamespace: [x]\nimages: 7\ncommonLabels: true\n',
  }),
  'a kustomization.yaml that lists itself': cluster({ 'apps/kustomization.yaml': 'resources: [a.yaml, ., ../apps, kustomization.yaml]\n' }),
  'kustomization.yaml files in a circle': cluster({
    'apps/kustomization.yaml': 'resources: [a.yaml, ../other]\n',
    'other/kustomization.yaml': 'resources: [../apps]\n',
  }),
  'a chain of 300 kustomization.yaml files': cluster({
    'apps/kustomization.yaml': 'resources: [../k/0]\n',
    ...Object.fromEntries(
      range(300, (index) => [
        `k/${index}/kustomization.yaml`,
        index === 299 ? 'resources: [../../apps/a.yaml]\n' : `resources: [../${index + 1}]\n`,
      ]),
    ),
  }),
  // Each level lists the next one twice: 2^40 builds, if nobody remembers or refuses.
  'kustomization.yaml files that double 40 times': cluster({
    'apps/kustomization.yaml': 'resources: [../k/0]\n',
    ...Object.fromEntries(
      range(41, (index) => [
        `k/${index}/kustomization.yaml`,
        index === 40 ? 'resources: []\n' : `resources: [../${index + 1}, ../../k/${index + 1}]\n`,
      ]),
    ),
  }),
  'patches of every wrong form': cluster({
    'apps/kustomization.yaml': `resources: [a.yaml]
patches:
  - patch: '['
  - patch: '- { op: fly, path: a }'
  - patch: '- { op: replace, path: /data/../a, value: { a: b } }'
  - { path: none.yaml }
  - { path: ../../../etc/passwd }
  - { target: { name: '(a+)+$', labelSelector: '!!' }, patch: '$patch: delete' }
  - 7
  - null
`,
  }),
  'a regular expression that never ends': cluster({
    'apps/a.yaml': CONFIG_MAP.replace('name: a', `name: ${'a'.repeat(60)}`),
    'apps/kustomization.yaml': `resources: [a.yaml]\npatches:\n  - { target: { kind: ConfigMap, name: '(a|aa)+b' }, patch: '[{ op: add, path: /data/x, value: y }]' }\n`,
  }),
  'Flux Kustomizations of wrong types': cluster(
    {},
    [
      flux('apps', 'path: [a], dependsOn: x, patches: 7, postBuild: []'),
      flux('[]', 'path: 1'),
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n',
    ].join('---\n'),
  ),
  'a Flux Kustomization that applies itself': cluster({}, flux('apps', 'path: ./clusters/office')),
  'a Flux Kustomization that waits for itself': cluster({}, flux('apps', 'path: ./apps, dependsOn: [{ name: apps }]')),
  'variables of every wrong form': cluster(
    withData('  a: ${A\n  b: ${A:=${B:-${C}}}\n  c: ${A/(a+)+$/x}\n  d: $$${A}\n  e: ${A:0:99999999999}\n  f: "${}"\n  g: ${A,,}${A^^}\n'),
    flux(
      'apps',
      'path: ./apps, postBuild: { substitute: { A: "${A}", "no name": x, B: "a\\n- b", __proto__: y }, substituteFrom: [{ kind: ConfigMap, name: none }] }',
    ),
  ),
  'a graph of 1,000 Flux Kustomizations, each waiting for the one before and for a circle': cluster(
    {},
    range(1000, (index) =>
      flux(`k${index}`, `path: ./apps, dependsOn: [{ name: k${(index + 999) % 1000} }, { name: k${(index * 7) % 1000} }]`),
    ).join('---\n'),
  ),
  'folders nested 200 deep': cluster({
    [`apps/${'d/'.repeat(200)}a.yaml`]: CONFIG_MAP,
    'apps/kustomization.yaml': `resources: [${'d/'.repeat(200)}a.yaml]\n`,
  }),
  'names that move the terminal': cluster({
    'apps/\u001b[2Ja\nb.yaml': '}{',
    'apps/kustomization.yaml': 'resources: ["\\e[2Ja\\nb.yaml", "x\\u202Ey.yaml"]\n',
  }),
};
