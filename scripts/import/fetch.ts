import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { refuse } from '../../src/flux/finding';
import { listAt, recordAt, textAt } from './record';
import { type Chart, type CrdSet, type Kubernetes, sourcesFile } from './sources';
import { readTgz } from './tar';

/** Where CRDs and charts come from: upstream, or a directory with copies. */
export interface Origin {
  /** The OpenAPI document of Kubernetes; undefined where a directory has none: what was made of it before is kept then. */
  kubernetes?(kubernetes: Kubernetes): Promise<string | undefined>;
  /** The YAML of the set, its files joined. */
  crds(set: CrdSet): Promise<string>;
  /** A file of the chart, by its path in the chart: `values.yaml`, `charts/grafana/values.yaml`. */
  chart(chart: Chart): Promise<(path: string) => Promise<string | undefined>>;
}

/** Copies: `crds/<set>.yaml`, `charts/<chart>/…`, as the chart's archive has them, and `openapi/swagger.json`. */
export function fromDirectory(directory: string): Origin {
  return {
    kubernetes: () => readFile(join(directory, 'openapi', 'swagger.json'), 'utf8').catch(() => undefined),
    crds: (set) => readFile(join(directory, 'crds', `${set.name}.yaml`), 'utf8').catch(() => missing(directory, `crds/${set.name}.yaml`)),
    chart: async (chart) => {
      const read = (path: string) => readFile(join(directory, 'charts', chart.name, path), 'utf8').catch(() => undefined);
      if ((await read('Chart.yaml')) === undefined) missing(directory, `charts/${chart.name}/Chart.yaml`);
      return read;
    },
  };
}

/** The addresses in imports/sources.yaml. */
export const fromUpstream: Origin = {
  kubernetes: ({ url }) => text(url),
  crds: async (set) => (await Promise.all(set.urls.map(async (url) => withoutTemplateCode(await text(url))))).join('\n---\n'),
  chart: async (chart) => {
    const archive = chart.repository.startsWith('oci://') ? await pull(chart) : await download(chart);
    const files = readTgz(archive);
    return async (path) => files.get(`${chart.name}/${path}`);
  },
};

/** Linkerd publishes its CRDs only as Helm templates; the code in them stands in metadata and in lines of its own. */
export function withoutTemplateCode(yaml: string): string {
  return yaml
    .split('\n')
    .filter((line) => !line.includes('{{'))
    .join('\n');
}

/** A classic repository: index.yaml tells where each version's archive is. */
async function download(chart: Chart): Promise<Uint8Array> {
  const index: unknown = parse(await text(`${chart.repository}/index.yaml`));
  const versions = listAt(recordAt(index, 'entries'), chart.name);
  const release = versions.find((each) => textAt(each, 'version') === chart.version);
  const [url] = listAt(release, 'urls');
  if (typeof url !== 'string') return unavailable(`${chart.name} ${chart.version} is not in the index`, chart.repository);
  return bytes(new URL(url, `${chart.repository}/`).href);
}

/** An OCI registry: an anonymous token, the manifest of the version, and the layer that is the archive. */
async function pull(chart: Chart): Promise<Uint8Array> {
  const [host = '', ...path] = chart.repository.replace('oci://', '').split('/');
  // docker.io is the name of the registry that answers at registry-1.docker.io.
  const registry = `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/${[...path, chart.name].join('/')}`;
  const manifestUrl = `${registry}/manifests/${chart.version.replace('+', '_')}`;
  const accept = { accept: 'application/vnd.oci.image.manifest.v1+json' };
  const challenge = (await request(manifestUrl, accept)).headers.get('www-authenticate');
  const headers = { ...accept, ...(challenge === null ? {} : await authorization(challenge)) };
  const manifest: unknown = await (await successful(manifestUrl, headers)).json();
  const layer = listAt(manifest, 'layers').find((each) => textAt(each, 'mediaType')?.startsWith('application/vnd.cncf.helm.chart.content'));
  const digest = textAt(layer, 'digest') ?? unavailable('the manifest lists no Helm chart', manifestUrl);
  return bytes(`${registry}/blobs/${digest}`, headers);
}

/** `Bearer realm="…",service="…",scope="…"`: where to get a token, and for what. */
async function authorization(challenge: string): Promise<Readonly<Record<string, string>>> {
  const parts = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
  const url = new URL(parts.get('realm') ?? unavailable('the registry asks for a login that is not by token', challenge));
  for (const key of ['service', 'scope']) url.searchParams.set(key, parts.get(key) ?? '');
  const answer: unknown = await (await successful(url.href)).json();
  return { authorization: `Bearer ${textAt(answer, 'token') ?? textAt(answer, 'access_token') ?? ''}` };
}

async function text(url: string): Promise<string> {
  return (await successful(url)).text();
}

async function bytes(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  return new Uint8Array(await (await successful(url, headers)).arrayBuffer());
}

async function successful(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const response = await request(url, headers);
  return response.ok ? response : unavailable(`the answer was ${response.status} ${response.statusText}`.trim(), url);
}

function request(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { headers }).catch((error: unknown) => unavailable(reasonOf(error), url));
}

/** fetch says only "fetch failed"; the reason is in the error's cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function unavailable(what: string, where: string): never {
  return refuse({
    rule: 'source-unavailable',
    file: sourcesFile,
    what,
    where,
    why: 'without this source its types cannot be made',
    fix: 'correct the version or the address, or work from copies: npm run import -- --from DIR',
  });
}

function missing(directory: string, path: string): never {
  return refuse({
    rule: 'source-missing',
    file: sourcesFile,
    what: `there is no ${path}`,
    where: `--from ${directory}`,
    why: 'without this source its types cannot be made',
    fix: 'put the copy there, or leave --from out to download it',
  });
}
