import { gzipSync } from 'node:zlib';
import { fromUpstream, withoutTemplateCode } from '../../scripts/import/fetch';
import { readSources } from '../../scripts/import/sources';
import { readTgz } from '../../scripts/import/tar';

const values = 'replicas: 1\n';

describe('a chart archive', () => {
  test('is read as Helm packs it: short names, ustar prefixes, pax headers, folders passed over', () => {
    const long = `ferry/${'deep/'.repeat(30)}values.yaml`;
    const archive = tgz(
      entry('ferry', '', '5'),
      entry('ferry/values.yaml', values),
      entry('grafana/values.yaml', 'a: 1', '0', 'ferry/charts'),
      entry('pax', `${long.length + 10} path=${long}\n`, 'x'),
      entry(long.slice(0, 99), 'b: 2'),
      entry('ferry/empty.yaml', ''),
    );
    expect([...readTgz(archive)]).toEqual([
      ['ferry/values.yaml', values],
      ['ferry/charts/grafana/values.yaml', 'a: 1'],
      [long, 'b: 2'],
      ['ferry/empty.yaml', ''],
    ]);
  });
});

describe('downloads', () => {
  const archive = tgz(entry('ferry/values.yaml', values));
  afterEach(() => jest.restoreAllMocks());

  test('a classic repository: index.yaml says where the archive is, relative to itself', async () => {
    const asked = answer({
      'https://charts.example.org/stable/index.yaml': () =>
        new Response(
          'entries:\n  ferry:\n    - {version: 2.0.0, urls: [ferry-2.tgz]}\n    - {version: 1.0.0, urls: [archives/ferry-1.tgz]}\n',
        ),
      'https://charts.example.org/stable/archives/ferry-1.tgz': () => new Response(archive),
    });
    expect(await valuesAt('https://charts.example.org/stable')).toBe(values);
    expect(asked()).toHaveLength(2);
  });

  test('an OCI registry: token, manifest, layer', async () => {
    const registry = 'https://registry-1.docker.io/v2/example/ferry';
    const login = 'https://auth.example.org/token?service=registry&scope=repository%3Aexample%2Fferry%3Apull';
    const realm = 'Bearer realm="https://auth.example.org/token",service="registry",scope="repository:example/ferry:pull"';
    const layer = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: 'sha256:abc' };
    const asked = answer({
      [`${registry}/manifests/1.0.0`]: (token) =>
        token === 'Bearer secret'
          ? Response.json({ layers: [layer] })
          : new Response('', { status: 401, headers: { 'www-authenticate': realm } }),
      [login]: () => Response.json({ token: 'secret' }),
      [`${registry}/blobs/sha256:abc`]: () => new Response(archive),
    });
    expect(await valuesAt('oci://docker.io/example')).toBe(values);
    expect(asked()).toEqual([`${registry}/manifests/1.0.0`, login, `${registry}/manifests/1.0.0`, `${registry}/blobs/sha256:abc`]);
  });

  test('what cannot be had is said with its address', async () => {
    answer({ 'https://charts.example.org/index.yaml': () => new Response('', { status: 404, statusText: 'Not Found' }) });
    await expect(valuesAt('https://charts.example.org')).rejects.toThrow(`imports/sources.yaml: source-unavailable
  what   the answer was 404 Not Found
  where  https://charts.example.org/index.yaml
  why    without this source its types cannot be made
  fix    correct the version or the address, or work from copies: npm run import -- --from DIR`);
  });

  test('CRDs in several files become one text; template code is left out', async () => {
    answer({
      'https://example.org/a.yaml': () => new Response('a: 1\n{{- if .Values.x }}\nb: {{ .Values.y }}\n'),
      'https://example.org/b.yaml': () => new Response('c: 3'),
    });
    const set = {
      name: 'harbour',
      version: 'v1',
      urls: ['https://example.org/a.yaml', 'https://example.org/b.yaml'],
      kinds: new Map(),
      classes: false,
    };
    expect(await fromUpstream.crds(set)).toBe('a: 1\n\n---\nc: 3');
    expect(withoutTemplateCode('labels:\n  x: {{ .Chart.Name }}\nspec: 1')).toBe('labels:\nspec: 1');
  });
});

test('a source without a version is refused', () => {
  expect(() =>
    readSources('charts: [{name: ferry, repository: https://charts.example.org}]'),
  ).toThrow(`imports/sources.yaml: incomplete-source
  what   version is missing, or is not text
  where  ferry, version
  why    a source that is not pinned gives other types tomorrow
  fix    write version, in quotes if it looks like a number`);
});

async function valuesAt(repository: string): Promise<string | undefined> {
  const read = await fromUpstream.chart({ name: 'ferry', version: '1.0.0', repository, subcharts: [], corrections: [] });
  return read('values.yaml');
}

/** A network that knows these addresses; each answer is given the `authorization` header. Returns what was asked for. */
function answer(known: Readonly<Record<string, (authorization: string | null) => Response>>): () => readonly string[] {
  const asked: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    asked.push(String(input));
    return known[String(input)]?.(new Headers(init?.headers).get('authorization')) ?? new Response('', { status: 404 });
  });
  return () => asked;
}

/** One entry of a tar archive, with its header. */
function entry(name: string, body: string, type = '0', prefix = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${Buffer.byteLength(body).toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345);
  const padding = Buffer.alloc((512 - (Buffer.byteLength(body) % 512)) % 512);
  return Buffer.concat([header, Buffer.from(body), padding]);
}

function tgz(...entries: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}
