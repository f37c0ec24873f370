import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { EXIT } from '../../src/cli/perform';
import { run } from '../../src/cli/run';
import { synthesize } from '../../src/cli/synth';
import { Cluster, Component, Directory, type FluxRepo } from '../../src/flux';
import { ConfigMap, Namespace } from '../../src/manifests';
import { Network, office, type Sketch, sketch, variables } from '../support/ferry';
import { schemaSource } from '../support/schema-source';

/*
 * Wrong inputs that only a run can see. Each is planted in a repository that is right otherwise; the tree on disk, written by an
 * earlier run, must not change by a byte.
 */
let dist: string;

beforeEach(() => {
  dist = join(mkdtempSync(join(tmpdir(), 'strata-')), 'dist');
  expect(synth(() => plant()).code).toBe(EXIT.done);
});
afterEach(() => rmSync(join(dist, '..'), { recursive: true, force: true }));

/** The right repository, with a mistake planted before or after it is deployed. */
function plant(before: (sketch: Sketch) => void = () => {}, after: (sketch: Sketch) => void = () => {}): FluxRepo {
  const made = sketch();
  before(made);
  office(made);
  after(made);
  return made.repo;
}

const context = { schemas: schemaSource, today: '2026-01-01' };

function synth(repository: () => FluxRepo, out = dist): { readonly code: number; readonly said: string; readonly printed: string } {
  let said = '';
  let printed = '';
  const code = run(
    ['synth', '--out', out],
    () => synthesize(repository, context),
    { home: '/nowhere' },
    {
      out: (text) => {
        printed += text;
      },
      err: (text) => {
        said += text;
      },
    },
  );
  return { code, said: said.replaceAll(dist, 'dist'), printed };
}

function bytes(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
}

/** Runs it, and expects refusal, an unchanged tree, and this message. */
function refused(repository: () => FluxRepo): string {
  const before = bytes(dist);
  const { code, said, printed } = synth(repository);
  expect({ code, printed }).toEqual({ code: EXIT.refused, printed: '' });
  expect(bytes(dist)).toEqual(before);
  for (const line of ['what', 'where', 'why', 'fix']) expect(said).toMatch(new RegExp(`^ {2}${line} +\\S`, 'm'));
  return said;
}

test('two constructs with one path', () => {
  const twice = ({ ferry }: Sketch) => {
    new ConfigMap(new Directory(ferry, 'extra', { path: '../network' }), 'config-map', { metadata: { name: 'x' }, data: {} });
  };
  expect(refused(() => plant(twice))).toMatchInlineSnapshot(`
"namespaces/network/kustomization.yaml: duplicate-path
  what   two sources emit namespaces/network/kustomization.yaml
  where  src/components/network.ts and src/components/ferry.ts
  why    only one of the two would be on disk, and nobody could say which
  fix    give one of the two constructs another id, or one of the components another directory

namespaces/network/config-map.yaml: duplicate-path
  what   two sources emit namespaces/network/config-map.yaml
  where  src/components/network.ts and src/components/ferry.ts
  why    only one of the two would be on disk, and nobody could say which
  fix    give one of the two constructs another id, or one of the components another directory

2 findings; nothing was written
"
`);
});

test('an id that cannot be a file', () => {
  expect(refused(() => plant(({ ferry }) => void new ConfigMap(ferry, 'Ferry_Settings', { data: {} })))).toMatchInlineSnapshot(`
"src/components/ferry.ts: invalid-name
  what   "Ferry_Settings" cannot name a file here: it is no file name of ours
  where  construct "Ferry_Settings" in ferry
  why    the id becomes the file and, unless metadata.name is given, the object
  fix    use lower-case letters, digits and dashes, beginning with a letter, once in each folder

1 finding; nothing was written
"
`);
});

test('a component with an invalid name', () => {
  class Bad extends Component<'Ferry Boat'> {}
  expect(refused(() => plant(({ repo }) => void new Bad(repo, 'Ferry Boat')))).toMatchInlineSnapshot(`
"src/components: invalid-name
  what   "Ferry Boat" cannot name a component
  where  component "Ferry Boat"
  why    the name becomes a folder, a Flux Kustomization or a namespace; the API server refuses it as the latter two
  fix    use lower-case letters, digits and dashes, at most 63 characters

1 finding; nothing was written
"
`);
});

test('a variable that no cluster defines, and one that nothing uses', () => {
  const undefinedVariable = ({ ferry }: Sketch) => void new ConfigMap(ferry, 'more', { data: { region: '${REGION}' } });
  expect(refused(() => plant(undefinedVariable))).toMatchInlineSnapshot(`
"src/components/ferry.ts: undefined-variable
  what   \${REGION} has no value in office
  where  ferry in office
  why    Flux refuses to apply a Flux Kustomization that uses an undefined variable, and everything after it waits
  fix    add REGION to src/variables.ts and to the variables of each cluster; if it is not meant for Flux, write $\${REGION}

1 finding; nothing was written
"
`);
});

test('a key that is missing in one cluster, and a variable that nothing uses', () => {
  const second = ({ repo }: Sketch) => void new Cluster(repo, 'harbour', { variables: variables({ SPARE: 'x' }) });
  expect(refused(() => plant(undefined, second))).toMatchInlineSnapshot(`
"src/clusters/office.ts: missing-variable
  what   SPARE is missing in office, but another cluster has it
  where  variables of office
  why    the components are the same in all clusters: the first one that uses it would stop this cluster
  fix    add SPARE to the variables in src/clusters/office.ts

src/clusters/harbour.ts: missing-variable
  what   DOMAIN is missing in harbour, but another cluster has it
  where  variables of harbour
  why    the components are the same in all clusters: the first one that uses it would stop this cluster
  fix    add DOMAIN to the variables in src/clusters/harbour.ts

src/variables.ts: unused-variable
  what   no manifest uses \${SPARE}
  where  ClusterVariables.SPARE
  why    whoever changes its value expects a change in a cluster, and gets none
  fix    remove SPARE from src/variables.ts and from the clusters, or use variable('SPARE')

3 findings; nothing was written
"
`);
});

test('a value with a line break, one that is no string, and one that YAML reads as more than text', () => {
  const values = { DOMAIN: 'a\nb', PORT: 6443, LABEL: 'a: b' };
  expect(refused(() => plant(({ repo }) => void new Cluster(repo, 'harbour', { variables: variables(values) })))).toMatchInlineSnapshot(`
"src/clusters/harbour.ts: variable-value
  what   DOMAIN holds a line break
  where  variables.DOMAIN
  why    Flux pastes the value into the YAML text of every manifest that uses it: the rest of the value would become a line of its own
  fix    use one line, or a patch

src/clusters/harbour.ts: variable-value
  what   PORT is a number
  where  variables.PORT
  why    a ConfigMap holds strings only, and a missing value stops every Flux Kustomization that uses it
  fix    give PORT a string

src/clusters/harbour.ts: variable-value
  what   LABEL is "a: b", which YAML reads as something else than that text
  where  variables.LABEL
  why    Flux pastes the value into the YAML text of every manifest that uses it
  fix    give text that needs no quotes: kustomize takes ours away before Flux pastes the value

3 findings; nothing was written
"
`);
});

test('a key that the Secret does not have', () => {
  const key = 'pasword' as 'password';
  expect(refused(() => plant(({ ferry }) => void ferry.database.key(key)))).toMatchInlineSnapshot(`
"src/components/ferry.ts: unknown-secret-key
  what   Secret ferry/ferry-database has no key "pasword"
  where  this.secret('ferry-database', …)
  why    the pod that reads the key would wait in CreateContainerConfigError, or start without a password
  fix    use one of password, or declare the key

1 finding; nothing was written
"
`);
});

test('a patch of another component', () => {
  const made = sketch();
  const wrong = () => {
    office(made, 'office', [new ConfigMap(made.network, 'spare', { data: {} }).patch({ data: { a: 'b' } })]);
    return made.repo;
  };
  expect(refused(wrong)).toMatchInlineSnapshot(`
"src/clusters/office.ts: foreign-patch
  what   a patch of ferry changes ConfigMap spare of network
  where  cluster.deploy(ferry), patches
  why    a Flux Kustomization patches only what it builds: the patch would match nothing, without a word
  fix    move it to the deployment of network

1 finding; nothing was written
"
`);
});

test('a component deployed twice', () => {
  const again = ({ repo, network }: Sketch) => {
    const cluster = new Cluster(repo, 'harbour', { variables: variables() });
    cluster.deploy(network);
    cluster.deploy(network);
  };
  expect(refused(() => plant(undefined, again))).toMatchInlineSnapshot(`
"src/clusters/harbour.ts: deployed-twice
  what   network is deployed twice
  where  cluster.deploy(components.network, …)
  why    two Flux Kustomizations of one name: the second would replace the first, and its patches with it
  fix    keep one of the two lines

1 finding; nothing was written
"
`);
});

test('an edge that nothing explains', () => {
  const edge = ({ repo, network, secrets }: Sketch) => {
    const cluster = new Cluster(repo, 'harbour', { variables: variables() });
    cluster.deploy(network, { dependsOn: [cluster.deploy(secrets)] });
  };
  expect(refused(() => plant(undefined, edge))).toMatchInlineSnapshot(`
"src/components/network.ts: edge-without-reason
  what   nothing in network shows why it waits for cluster-secrets
  where  network in harbour, dependsOn cluster-secrets
  why    an edge that nobody can explain is never removed, and each one makes the bootstrap slower
  fix    remove it, or say why in the component: because: { 'cluster-secrets': '…' }

clusters/harbour/infrastructure.yaml: empty-build (warning)
  what   clusters/harbour/secrets gives no object at all
  where  Kustomization flux-system/cluster-secrets, spec.path
  why    Flux calls it ready, so what depends on it starts without what it was meant to bring
  fix    list its manifests in clusters/harbour/secrets/kustomization.yaml, or remove the Flux Kustomization

2 findings; nothing was written
"
`);
});

test('an edge that is missing, and a CRD that nothing brings', () => {
  class Harbour extends Component<'harbour'> {
    constructor(repo: FluxRepo) {
      super(repo, 'harbour', { namespace: 'ferry' });
      new ConfigMap(this, 'berths', { data: {} });
      new ApiObject(this, 'crane', { apiVersion: 'crane.example.org/v1', kind: 'Crane', metadata: { name: 'crane', namespace: 'ferry' } });
    }
  }
  const orphan = (made: Sketch) => {
    const harbour = new Harbour(made.repo);
    office(made, 'harbour').deploy(harbour);
  };
  expect(refused(() => plant(undefined, orphan))).toMatchInlineSnapshot(`
"src/components/harbour.ts: missing-edge
  what   harbour needs namespace ferry of ferry, but does not wait for it
  where  harbour in harbour, dependsOn
  why    on an empty cluster the two race: the apply is refused, or a pod waits, until a retry happens to come later
  fix    add 'ferry' to the needs of the component (its second type parameter) and to dependsOn

src/components/harbour.ts: nothing-provides
  what   harbour needs the CRDs of crane.example.org, which nothing deployed in harbour brings
  where  harbour in harbour
  why    the API server refuses its objects, so the whole Flux Kustomization never becomes ready
  fix    deploy the component that brings it, and name what it brings in its \`provides\`

2 findings; nothing was written
"
`);
});

test('a manifest outside a component', () => {
  const stray = ({ repo }: Sketch) => void new ConfigMap(new Construct(repo, 'stray'), 'settings', { data: {} });
  expect(refused(() => plant(stray))).toMatchInlineSnapshot(`
"stray: manifest-outside-component
  what   a manifest stands outside a component
  where  construct stray
  why    nothing would apply it: Flux reads the directories of components
  fix    make it in the constructor of a Component, with \`this\` as its scope

1 finding; nothing was written
"
`);
});

test('a Secret in a namespace that nothing deploys', () => {
  class Lost extends Component<'lost', 'cluster-secrets'> {
    constructor(repo: FluxRepo) {
      super(repo, 'lost', { namespace: 'nowhere' });
      this.secret('lost-key', { key: 'generated' });
    }
  }
  const lost = ({ repo, secrets }: Sketch) => {
    const cluster = new Cluster(repo, 'harbour', { variables: variables() });
    cluster.deploy(new Lost(repo), { dependsOn: [cluster.deploy(secrets)] });
  };
  expect(refused(() => plant(undefined, lost))).toMatchInlineSnapshot(`
"src/components/lost.ts: empty-folder
  what   namespaces/lost has no manifest
  where  lost
  why    Flux would apply nothing, and call it ready
  fix    make a manifest in it, or take the component or the Directory away

1 finding; nothing was written
"
`);
});

test('what the specification bans, written past the blocks', () => {
  const raw = ({ ferry }: Sketch) => {
    const metadata = { name: 'ferry', namespace: 'ferry' };
    new ApiObject(ferry, 'helm-release', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata,
      spec: { chart: { spec: { chart: 'ferry' } }, upgrade: { force: true, remediation: { retries: 1, strategy: 'uninstall' } } },
    });
  };
  const said = refused(() => plant(raw));
  expect(said).toContain('helm-release.yaml: no-destructive-remediation\n  what   strategy: uninstall');
  expect(said).toContain('helm-release.yaml: no-destructive-remediation\n  what   force: true');
  expect(said).toContain('helm-release.yaml: release-version\n  what   no version');
});

test('a value that YAML cannot hold', () => {
  const when = new Date(0) as unknown as string;
  expect(refused(() => plant(({ ferry }) => void new ConfigMap(ferry, 'more', { data: { when } })))).toMatchInlineSnapshot(`
"src/components/ferry.ts: not-yaml
  what   data.when is a Date, which YAML cannot hold
  where  namespaces/ferry/more.yaml
  why    the file could not be written, or would say something else than the code
  fix    give plain data: text, numbers, booleans, lists and maps

1 finding; nothing was written
"
`);
});

test('what is wrong with values, with edges and by the rules, all at once', () => {
  const everywhere = ({ repo, ferry, network }: Sketch) => {
    new ConfigMap(ferry, 'more', { data: { level: null as unknown as string } });
    new ApiObject(network, 'password', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'p', namespace: 'kube-system' },
      stringData: { p: 'x' },
    });
    new Cluster(repo, 'harbour', { variables: variables() }).deploy(new Stranger(repo));
  };
  const said = refused(() => plant(everywhere));
  for (const rule of ['null-field', 'no-clear-text-credential', 'nothing-provides']) expect(said).toContain(`: ${rule}\n`);
});

/** Lives in a namespace that nobody makes. */
class Stranger extends Component<'stranger'> {
  constructor(repo: FluxRepo) {
    super(repo, 'stranger');
    new ConfigMap(this, 'map', { data: {} });
  }
}

type Plant = (sketch: Sketch) => void;

/* More of the same, by rule; what the messages say of them is read above. `after` is planted once the office is deployed. */
const more: readonly { readonly title: string; readonly rule: string; readonly before?: Plant; readonly after?: Plant }[] = [
  { title: 'an id that is taken', rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, 'settings', { data: {} }) },
  { title: "kustomize's own file", rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, 'kustomization', { data: {} }) },
  { title: 'an id of digits', rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, '10', { data: {} }) },
  { title: 'an id as of a template', rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, 'a.template', { data: {} }) },
  { title: 'an id as of a SOPS file', rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, 'a.sops', { data: {} }) },
  {
    title: 'a list of objects in one',
    rule: 'list-of-objects',
    before: ({ ferry }) => void new ApiObject(ferry, 'list', { apiVersion: 'v1', kind: 'List', metadata: { name: 'list' }, items: [] }),
  },
  { title: 'an id with a slash', rule: 'invalid-name', before: ({ ferry }) => void new ConfigMap(ferry, 'a/b', { data: {} }) },
  {
    title: 'a name that no object may have',
    rule: 'invalid-name',
    before: ({ ferry }) => void new ConfigMap(ferry, 'x', { metadata: { name: 'Ünïcode_' }, data: {} }),
  },
  {
    title: 'a name with an empty part',
    rule: 'invalid-name',
    before: ({ ferry }) => void new ConfigMap(ferry, 'x', { metadata: { name: 'a..b' }, data: {} }),
  },
  {
    title: 'a variable that Flux cannot read',
    rule: 'unreadable-variable',
    before: ({ ferry }) => void new ConfigMap(ferry, 'x', { data: { target: '${1}:9100' } }),
  },
  {
    title: 'a cluster with an invalid name',
    rule: 'invalid-name',
    before: ({ repo }) => void new Cluster(repo, 'Bare Metal/x', { variables: variables() }),
  },
  { title: 'a component of that name already', rule: 'invalid-name', before: ({ repo }) => void new Network(repo) },
  { title: 'a Secret with an invalid name', rule: 'invalid-name', before: ({ repo }) => void new Keeper(repo, { name: 'a/b' }) },
  { title: 'a key that no Secret may have', rule: 'invalid-name', before: ({ repo }) => void new Keeper(repo, { key: 'a key' }) },
  { title: 'a folder above the root', rule: 'invalid-name', before: ({ repo }) => void new Keeper(repo, { directory: '../up' }) },
  { title: 'a reason with a no-break space', rule: 'not-one-line', before: ({ repo }) => void new Keeper(repo, { because: 'a\u00a0b' }) },
  {
    title: 'a Secret that is optional in two lines',
    rule: 'not-one-line',
    before: ({ repo }) => void new Keeper(repo, { optional: 'a\nb' }),
  },
  { title: 'a reason of two lines', rule: 'not-one-line', before: ({ repo }) => void new Keeper(repo, { because: 'a\nb' }) },
  {
    title: 'two folders in one place',
    rule: 'duplicate-path',
    before: ({ ferry }) => {
      for (const id of ['one', 'two']) new ConfigMap(new Directory(ferry, id, { path: 'same' }), `map-${id}`, { data: {} });
    },
  },
  {
    title: 'two objects in one file',
    rule: 'duplicate-path',
    before: ({ ferry }) => {
      for (const id of ['one', 'two']) new ConfigMap(new Construct(ferry, id), 'map', { metadata: { name: id }, data: {} });
    },
  },
  { title: 'a folder without a manifest', rule: 'empty-folder', before: ({ ferry }) => void new Directory(ferry, 'nothing') },
  {
    title: 'a patch that would hit two objects',
    rule: 'ambiguous-patch',
    before: ({ ferry }) => {
      const metadata = { name: 'settings', namespace: 'ferry' };
      new ApiObject(ferry, 'twin', { apiVersion: 'example.org/v1', kind: 'ConfigMap', metadata });
    },
    after: (made) => void office(made, 'harbour', [made.ferry.settings.patch({ data: { level: 'debug' } })]),
  },
  {
    title: 'the same patch twice',
    rule: 'patch-without-effect',
    after: (made) =>
      void office(made, 'harbour', [made.ferry.settings.remove(['data', 'level']), made.ferry.settings.remove(['data', 'level'])]),
  },
  {
    title: 'a patch of what a patch has left out',
    rule: 'patch-without-effect',
    after: (made) => void office(made, 'harbour', [made.ferry.settings.omit(), made.ferry.settings.remove(['data', 'level'])]),
  },
  {
    title: 'a patch with a value that YAML cannot hold',
    rule: 'patch-without-effect',
    after: (made) => void office(made, 'harbour', [made.ferry.settings.set(['data', 'level'], Number.NaN as unknown as string)]),
  },
  {
    title: 'an edge to another cluster',
    rule: 'foreign-dependency',
    after: (made) => {
      const [elsewhere] = office(made, 'harbour').deployed;
      new Cluster(made.repo, 'pier', { variables: variables() }).deploy(made.network, { dependsOn: elsewhere ? [elsewhere] : [] });
    },
  },
  {
    title: 'a cluster that has Secrets and nothing to bring them',
    rule: 'nothing-provides',
    after: ({ repo, network, ferry }) => {
      const cluster = new Cluster(repo, 'harbour', { variables: variables() });
      cluster.deploy(ferry as Component<'ferry', 'network'>, { dependsOn: [cluster.deploy(network)] });
    },
  },
  {
    title: 'one Secret, declared by two',
    rule: 'secret-declared-twice',
    after: (made) => {
      const cluster = office(made, 'harbour');
      const [secrets, , ferry] = cluster.deployed;
      const keeper = new Keeper(made.repo, { name: 'ferry-database' });
      new ConfigMap(keeper, 'map', { data: {} });
      cluster.deploy(keeper as Component<'keeper'>, { dependsOn: secrets && ferry ? [secrets, ferry] : [] });
    },
  },
];

/** Keeps a Secret in ferry's namespace, with whatever mistake it is told to make. */
class Keeper extends Component<'keeper', 'cluster-secrets' | 'ferry'> {
  constructor(
    repo: FluxRepo,
    {
      name = 'keeper',
      key = 'key',
      optional = 'it idles without',
      ...props
    }: {
      readonly name?: string;
      readonly key?: string;
      readonly optional?: string;
      readonly directory?: string;
      readonly because?: string;
    },
  ) {
    super(repo, 'keeper', { namespace: 'ferry', ...props, because: { ferry: props.because ?? 'its namespace' } });
    this.secret(name, { [key]: 'generated' }, { optional });
  }
}

test.each(more)('$title: $rule', ({ rule, before, after }) => {
  expect(refused(() => plant(before, after))).toContain(`: ${rule}\n`);
});

test('a folder to write to that is a file', () => {
  const file = join(dist, '..', 'file');
  writeFileSync(file, 'mine');
  const { code, said } = synth(() => plant(), file);
  expect(code).toBe(EXIT.refused);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(said.replaceAll(join(dist, '..'), 'tmp')).toMatchInlineSnapshot(`
"tmp/file: unwritable-output
  what   ENOTDIR: not a directory, scandir 'tmp/file'
  where  tmp/file
  why    nothing was written
  fix    put right what the system complains about, then run again

1 finding; nothing was written
"
`);
});

test('a file of somebody else at a path of ours', () => {
  writeFileSync(join(dist, 'namespaces', 'ferry', 'settings.yaml'), 'kind: ConfigMap # by hand\n');
  expect(refused(() => plant())).toMatchInlineSnapshot(`
"namespaces/ferry/settings.yaml: not-ours
  what   a file that strata did not write has other content than the one to be written
  where  dist/namespaces/ferry/settings.yaml
  why    writing it would destroy work that is not in the source
  fix    move what it says into the source, then remove the file; a file of strata begins with "# Generated by strata from"

1 finding; nothing was written
"
`);
});

test('arguments that nobody understands', () => {
  const said: string[] = [];
  const code = run(['synth', '--force'], sketchless, { home: '/nowhere' }, { out: () => {}, err: (text) => said.push(text) });
  expect(code).toBe(EXIT.usage);
  expect(said.join('')).toMatchInlineSnapshot(`
"error: unknown option '--force'
"
`);
});

test('a mistake of ours is not called one of the author', () => {
  const broken = () => {
    throw new TypeError('boom');
  };
  expect(synth(broken).code).toBe(EXIT.broken);
});

test('--json prints the findings as one object', () => {
  let printed = '';
  const code = run(
    ['synth', '--json', '--out', dist],
    () => synthesize(() => plant(({ ferry }) => void new Namespace(ferry, 'Again', { podSecurity: 'baseline' })), context),
    { home: '/nowhere' },
    {
      out: (text) => {
        printed += text;
      },
      err: () => {},
    },
  );
  expect(code).toBe(EXIT.refused);
  expect(JSON.parse(printed)).toMatchObject({ findings: [{ rule: 'invalid-name', file: 'src/components/ferry.ts' }] });
});

function sketchless(): never {
  throw new Error('not called');
}
