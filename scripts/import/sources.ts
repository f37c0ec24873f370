import { parse } from 'yaml';
import { refuse } from '../../src/flux/finding';
import { isRecord, isText, listAt, recordAt, textAt } from './record';

/** What imports/sources.yaml lists: everything that imports/ is made from. */
export interface Sources {
  /** Kubernetes' own kinds. @default none */
  readonly kubernetes?: Kubernetes;
  readonly crds: readonly CrdSet[];
  readonly charts: readonly Chart[];
}

export interface Kubernetes {
  readonly version: string;
  /** Its OpenAPI document, version 2. */
  readonly url: string;
}

export interface CrdSet {
  readonly name: string;
  readonly version: string;
  readonly urls: readonly string[];
  /** The kinds that get a type, by apiVersion. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
  /** Whether `cdk8s import` makes classes of this set, in place of our types. */
  readonly classes: boolean;
}

export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly subcharts: readonly string[];
  readonly corrections: readonly Correction[];
}

/** A type that neither the chart's schema nor its default values tell. */
export interface Correction {
  /** Keys joined by dots: `operator.watchNamespace`. */
  readonly path: string;
  readonly type: string;
  readonly why: string;
}

export const sourcesFile = 'imports/sources.yaml';

export function readSources(text: string): Sources {
  const document: unknown = parse(text);
  const kubernetes = isRecord(document) ? document['kubernetes'] : undefined;
  return {
    ...(kubernetes !== undefined && {
      kubernetes: { version: required(kubernetes, 'version', 'kubernetes'), url: required(kubernetes, 'url', 'kubernetes') },
    }),
    crds: listAt(document, 'crds').map((set) => ({
      name: required(set, 'name', 'a CRD set'),
      version: required(set, 'version', nameOf(set)),
      urls: listAt(set, 'urls').filter(isText),
      kinds: new Map(Object.entries(recordAt(set, 'kinds')).map(([apiVersion, kinds]) => [apiVersion, textsIn(kinds)])),
      classes: isRecord(set) && set['classes'] === true,
    })),
    charts: listAt(document, 'charts').map((chart) => ({
      name: required(chart, 'name', 'a chart'),
      version: required(chart, 'version', nameOf(chart)),
      repository: required(chart, 'repository', nameOf(chart)),
      subcharts: listAt(chart, 'subcharts').filter(isText),
      corrections: Object.entries(recordAt(chart, 'types')).map(([path, correction]) => ({
        path,
        type: required(correction, 'type', `${nameOf(chart)}, types.${path}`),
        why: required(correction, 'why', `${nameOf(chart)}, types.${path}`),
      })),
    })),
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

function nameOf(entry: unknown): string {
  return textAt(entry, 'name') ?? 'an entry without a name';
}

function required(entry: unknown, key: string, where: string): string {
  const found = textAt(entry, key);
  if (found !== undefined && found !== '') return found;
  return refuse({
    rule: 'incomplete-source',
    file: sourcesFile,
    what: `${key} is missing, or is not text`,
    where: `${where}, ${key}`,
    why: 'a source that is not pinned gives other types tomorrow',
    fix: `write ${key}, in quotes if it looks like a number`,
  });
}
