// The walls between the rooms of docs (`src/<room>/`): who may import whom. Run with `npm run walls`; test/walls.test.ts plants
// a violation of each rule. Each comment says what to do instead, since that is what the author of a refused import wants to know.
//
// Parser: the JavaScript API of TypeScript 6 (`typescript` in package.json is an alias of @typescript/typescript6; `tsc` is
// version 7, which has no such API). dependency-cruiser also reads TypeScript through swc, but then drops the `type` of
// `import type`, and half of these walls stand on it.

/** `import type`, and `import('…').X` within a type: gone once compiled. */
const TYPES_ONLY = ['type-only', 'type-import'];

/** Node's modules that neither touch the machine nor depend on it. */
const HARMLESS_NODE = '^(node:)?(assert|buffer|path|path/posix|string_decoder|url|util|zlib)$';

const FLUX_IMPORTS = '^imports/((kustomize|source|helm)[.]toolkit[.]fluxcd[.]io|k8s|meta[^/]*)([.]d)?[.]ts$';
const VARIABLES = '^src/variables[.]ts$';

/** What a room may import from this repository besides itself. A new room gets a line here and a row in the table of rooms. */
const ROOMS = {
  flux: [VARIABLES, FLUX_IMPORTS],
  manifests: ['^src/flux/', '^imports/'],
  components: ['^src/(flux|manifests)/', VARIABLES, '^imports/charts/'],
  clusters: ['^src/flux/', '^src/components/'],
  graph: ['^src/flux/'],
  kustomize: ['^src/flux/', '^imports/merge-keys'],
  effective: ['^src/(flux|kustomize)/'],
  schema: ['^src/flux/', '^imports/'],
  charts: ['^src/flux/', '^imports/'],
  policy: ['^src/(flux|graph|kustomize|effective|schema|charts)/'],
  cli: ['^(src|imports)/'],
};

const INSTEAD = {
  flux: 'the framework knows no component, no manifest and no rule: take what you need as an argument, or move the code to the room that knows both',
  manifests: 'a block knows one kind: it may use src/flux and the generated types of imports/; what a component chooses comes in as a prop',
  components:
    'a component is made of manifests: add a block to src/manifests/, and let the rule, the graph or the command read what it emits',
  clusters: 'a cluster gets its components as an argument and deploys them with src/flux; a manifest belongs in a component',
  graph: 'the graph is worked out from the tree that src/flux emits, never from the code that made it',
  kustomize: 'a build knows files and objects, not Flux: what Flux adds comes in as the kustomization it merges',
  effective:
    'what Flux makes of a repository follows from its files alone: a judgement belongs in src/policy, a fact about a chart in src/charts',
  schema: 'a schema knows one object at a time: what depends on other objects is a rule of src/policy',
  charts: 'what a chart brings is data, worked out from its values: what follows from it is a rule of src/policy',
  policy:
    'a rule reads what clusters would apply (src/effective), schemas and charts, never the code that made the manifests: find the fact in the manifest',
  cli: 'only test/ uses test/, and only package.json runs scripts/: move what you need to src/',
};

const room = (name) => ({
  name: `${name}-stays-in-its-room`,
  comment: INSTEAD[name],
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^(src|imports|scripts|test)/', pathNot: [`^src/${name}/`, ...ROOMS[name]] },
});

const byTypeOnly = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from,
  to: { ...to, dependencyTypesNot: TYPES_ONLY },
});

module.exports = {
  forbidden: [
    ...Object.keys(ROOMS).map(room),
    {
      name: 'every-room-has-walls',
      comment:
        'a new folder under src/ is a new room: say what it may import, in ROOMS of .dependency-cruiser.cjs and in the table of rooms',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(ROOMS).join('|')})/` },
      to: { path: '^(src|imports|scripts|test)/' },
    },
    {
      name: 'variables-import-nothing',
      comment:
        'src/variables.ts holds the names of the cluster variables and stands at the bottom: move the code that needs more to src/flux/',
      severity: 'error',
      from: { path: VARIABLES },
      to: { path: '^(src|imports|scripts|test)/' },
    },
    {
      name: 'imports-are-leaves',
      comment:
        'imports/ is generated (npm run import) and knows only itself and cdk8s: change scripts/import/, or wrap the type in src/manifests/',
      severity: 'error',
      from: { path: '^imports/' },
      to: { path: '^(src|scripts|test)/' },
    },
    {
      name: 'main-is-the-door',
      comment: 'src/main.ts is where the program starts; nothing else in src/ may import it: move what you need to the room it belongs to',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/main[.]ts$' },
    },
    byTypeOnly(
      'siblings-by-type-only',
      'take the sibling through props and write `import type`: src/components/index.ts wires components together, and nobody else',
      { path: '^src/components/', pathNot: '^src/components/index[.]ts$' },
      { path: '^src/components/' },
    ),
    byTypeOnly(
      'chart-values-by-type-only',
      'write `import type`: the values of a chart are types, and at run time there is nothing to load',
      { path: '^src/components/' },
      { path: '^imports/charts/' },
    ),
    byTypeOnly(
      'flux-classes-by-type-only',
      'write `import type` and Plain<…>: the classes that cdk8s makes drop fields they do not know, and cost time at every start',
      { path: '^src/' },
      { path: '^imports/.*[.]toolkit[.]fluxcd[.]io[.]ts$' },
    ),
    byTypeOnly(
      'clusters-know-components-by-type-only',
      'write `import type`: a cluster gets the components it deploys as an argument',
      { path: '^src/clusters/' },
      { path: '^src/components/' },
    ),
    {
      name: 'only-the-command-line-touches-the-machine',
      comment:
        'give back paths and text, or take them as an argument: reading, writing and running is for src/cli/ and src/main.ts (and scripts/, test/)',
      severity: 'error',
      // A hash of what it is given is no machine; nothing else of that module is used there.
      from: { path: '^(src|imports)/', pathNot: ['^src/cli/', '^src/main[.]ts$', '^src/kustomize/content-hash[.]ts$'] },
      to: { dependencyTypes: ['core'], pathNot: HARMLESS_NODE },
    },
    {
      name: 'scripts-and-tests-stay-outside',
      comment: 'what the program needs lives in src/: move it there, and let scripts/ and test/ import it',
      severity: 'error',
      from: { path: '^src/[^/]+[.]ts$' },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'scripts-know-no-tests',
      comment: 'move what both need to scripts/ or src/: tests may import scripts, not the reverse',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-circular',
      comment: 'at run time one of the two files sees the other half made: import the type only, or move what both need to a third file',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPES_ONLY } },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^(build|dist|[.]cache)/', '^test/__snapshots__/'] },
  },
};
