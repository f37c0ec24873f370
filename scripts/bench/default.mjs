// What people of the ecosystem would have for the same objects: a cdk8s app of its own, one chart for each component and cluster, run
// by `cdk8s synth` through ts-node. Made from the tree that synth wrote, in a folder that git ignores.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Only the baseline needs these; TypeScript 5.9 is the newest that ts-node works with. */
const ONLY_HERE = { 'ts-node': '10.9.2', typescript: '5.9.3', '@types/node': '20.19.43' };

/** As `cdk8s init typescript-app` writes it, but with skipLibCheck, which is kinder to the baseline. */
const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'CommonJS',
    moduleResolution: 'node',
    strict: true,
    skipLibCheck: true,
    inlineSourceMap: true,
  },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
};

/**
 * Writes the app and installs what it needs, once.
 *
 * @param {{ tree: string, folder: string, root: string, env: NodeJS.ProcessEnv }} options The tree to copy the objects of, where the app goes, and this repository.
 * @returns {{ folder: string, charts: number, objects: number }}
 */
export function makeDefault({ tree, folder, root, env }) {
  const charts = chartsOf(tree);
  rmSync(join(folder, 'charts'), { recursive: true, force: true });
  mkdirSync(join(folder, 'charts'), { recursive: true });
  for (const [name, objects] of charts) writeFileSync(join(folder, 'charts', `${name}.ts`), chartFile(name, objects));
  writeFileSync(join(folder, 'main.ts'), mainFile([...charts.keys()]));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG, null, 2));
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: npx ts-node main.ts\n');
  install(folder, root, env);
  return { folder, charts: charts.size, objects: [...charts.values()].reduce((sum, objects) => sum + objects.length, 0) };
}

function install(folder, root, env) {
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const all = { ...ours.dependencies, ...ours.devDependencies };
  const same = Object.fromEntries(['cdk8s', 'cdk8s-cli', 'constructs'].map((name) => [name, all[name]]));
  const manifest = JSON.stringify({ name: 'bench', private: true, dependencies: { ...same, ...ONLY_HERE } }, null, 2);
  const file = join(folder, 'package.json');
  const isDone = existsSync(join(folder, 'node_modules/ts-node')) && existsSync(file) && readFileSync(file, 'utf8') === manifest;
  if (isDone) return;
  writeFileSync(file, manifest);
  process.stderr.write('installing the baseline (cdk8s-cli, ts-node, TypeScript 5.9) into .cache/bench\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'], {
    cwd: folder,
    env: installEnvironment(env),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** npm wants the certificates that were taken out for measuring, but not the folder of the npm that runs this script. */
function installEnvironment(env) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(config_local_prefix|package_.*|lifecycle_.*)$/.test(name));
  return { ...env, ...Object.fromEntries(kept) };
}

/** The objects of the tree, by chart: `namespaces/<component>` and `clusters/<cluster>`. Kustomize's own files are no objects of a cluster. */
function chartsOf(tree) {
  const charts = new Map();
  for (const kind of ['namespaces', 'clusters']) {
    for (const name of readdirSync(join(tree, kind)).sort()) {
      const files = readdirSync(join(tree, kind, name), { recursive: true }).filter((file) => /[.]ya?ml$/.test(file));
      const objects = files.sort().flatMap((file) =>
        parseAllDocuments(readFileSync(join(tree, kind, name, file), 'utf8'), { version: '1.2' })
          .map((document) => document.toJS())
          .filter((object) => object?.kind !== undefined && !object.apiVersion.startsWith('kustomize.config.k8s.io/')),
      );
      if (objects.length > 0) charts.set(kind === 'clusters' ? `cluster-${name}` : name, objects);
    }
  }
  return charts;
}

const className = (name) => name.replace(/(^|[^a-z0-9]+)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());

function chartFile(name, objects) {
  const statements = objects.map((object, index) => {
    const { apiVersion, kind, metadata, ...rest } = object;
    return `    new ApiObject(this, '${index}', ${JSON.stringify({ apiVersion, kind, metadata, ...rest }, null, 2).replaceAll('\n', '\n    ')});`;
  });
  return `import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';

export class ${className(name)} extends Chart {
  constructor(scope: Construct) {
    super(scope, '${name}');
${statements.join('\n')}
  }
}
`;
}

function mainFile(names) {
  const imports = names.map((name) => `import { ${className(name)} } from './charts/${name}';`);
  const charts = names.map((name) => `new ${className(name)}(app);`);
  return `import { App } from 'cdk8s';\n${imports.join('\n')}\n\nconst app = new App();\n${charts.join('\n')}\napp.synth();\n`;
}
