import { createColors } from 'picocolors';
import { checkJson } from '../../src/cli/check-json';
import { checkReport } from '../../src/cli/check-report';
import { type Checked, checkedOf, type RuleFacts } from '../../src/cli/checked';
import { sarif } from '../../src/cli/sarif';
import type { EffectiveCluster, FluxKustomization, Repository } from '../../src/effective';
import type { Finding } from '../../src/flux';
import { filesFrom } from '../../src/kustomize';

const PLAIN = createColors(false);

function kustomization(id: string, objects: number, failure?: FluxKustomization['failure']): FluxKustomization {
  const [namespace = '', name = ''] = id.split('/');
  const object = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name, namespace } };
  const made: FluxKustomization = {
    id,
    name,
    namespace,
    object,
    spec: {},
    origin: { path: 'clusters/office/infrastructure.yaml', index: 0 },
    parent: undefined,
    path: `namespaces/${name}`,
    dependsOn: [],
    objects: [],
    failure,
    patches: [],
    reached: new Set(),
    substitution: { active: false, values: new Map(), unknown: new Set(), errors: [] },
  };
  const origin = { path: `namespaces/${name}/config-map.yaml`, index: 0 };
  return { ...made, objects: Array.from({ length: objects }, () => ({ object, unsubstituted: object, origin, owner: made })) };
}

function repository(clusters: Readonly<Record<string, readonly FluxKustomization[]>>, problems: Repository['problems'] = []): Repository {
  const made = Object.entries(clusters).flatMap(([name, kustomizations]): readonly EffectiveCluster[] => {
    const [root] = kustomizations;
    return root ? [{ name, kustomizations, root }] : [];
  });
  return { files: filesFrom(new Map()), clusters: made, unreached: [], problems };
}

function finding(more: Partial<Finding>): Finding {
  return {
    rule: 'release-version',
    file: 'namespaces/ferry/helm-release.yaml',
    what: 'version 1.x',
    where: 'HelmRelease ferry/ferry, spec.chart.spec.version',
    why: 'the chart changes by itself',
    fix: 'pin it',
    ...more,
  };
}

const FINDINGS: readonly Finding[] = [
  finding({ line: 12, kustomization: 'office: flux-system/ferry' }),
  finding({ line: 9, kustomization: 'office: flux-system/ferry', rule: 'no-timeout', severity: 'warning' }),
  finding({ kustomization: 'flux-system/pier', file: 'namespaces/pier/helm-release.yaml', rule: 'style', severity: 'info' }),
  finding({ file: 'src/components/ferry.ts', rule: 'unused-acceptance', where: "this.accept('no-timeout', 'slow')" }),
];

const RULES: readonly RuleFacts[] = ['style', 'release-version', 'no-timeout'].map((name) => ({
  name,
  claim: `${name} holds`,
  because: 'it breaks',
  fix: 'mend it',
  severity: 'warning',
}));

function checked(findings = FINDINGS, showInfos = true): Checked {
  const foreign = { kind: 'foreign', file: 'clusters/office/infrastructure.yaml', what: 'its source is another repository' } as const;
  return checkedOf(repository({ office: [kustomization('flux-system/ferry', 2), kustomization('flux-system/crds', 0, foreign)] }), {
    findings,
    problems: [{ file: 'apps/link.yaml', what: 'it is a symbolic link' }],
    withoutSchema: new Map([['example.org/v1 Berth', 3]]),
    showInfos,
  });
}

describe('text', () => {
  test('findings by Flux Kustomization, what was not checked, and a summary', () => {
    expect(checkReport(checked(), PLAIN)).toMatchInlineSnapshot(`
"── in no Flux Kustomization

src/components/ferry.ts: unused-acceptance
  what   version 1.x
  where  this.accept('no-timeout', 'slow')
  why    the chart changes by itself
  fix    pin it

── flux-system/pier

namespaces/pier/helm-release.yaml: style (info)
  what   version 1.x
  where  HelmRelease ferry/ferry, spec.chart.spec.version
  why    the chart changes by itself
  fix    pin it

── office: flux-system/ferry

namespaces/ferry/helm-release.yaml:9: no-timeout (warning)
  what   version 1.x
  where  HelmRelease ferry/ferry, spec.chart.spec.version
  why    the chart changes by itself
  fix    pin it

namespaces/ferry/helm-release.yaml:12: release-version
  what   version 1.x
  where  HelmRelease ferry/ferry, spec.chart.spec.version
  why    the chart changes by itself
  fix    pin it

── not checked
  office: flux-system/crds, clusters/office/infrastructure.yaml: its source is another repository
  apps/link.yaml: it is a symbolic link
  example.org/v1 Berth (3 objects): there is no schema of this kind

1 cluster, 2 Flux Kustomizations, 2 objects; 3 not checked, for the reasons above
2 errors, 1 warning, 1 info
"
`);
  });

  test('infos are counted, and shown only to who asks', () => {
    const report = checkReport(checked(FINDINGS, false), PLAIN);
    expect(report).not.toContain('namespaces/pier');
    expect(report).toContain('2 errors, 1 warning, 1 info (--info shows them)');
  });

  test('nothing wrong is one short summary', () => {
    expect(
      checkReport(checkedOf(repository({ office: [kustomization('flux-system/ferry', 1)] }), { findings: [], showInfos: false }), PLAIN),
    ).toBe('1 cluster, 1 Flux Kustomization, 1 object\n0 errors, 0 warnings, 0 infos\n');
  });

  test('it does not depend on the order in which findings come', () => {
    const report = checkReport(checked(), PLAIN);
    expect(checkReport(checked([...FINDINGS].reverse()), PLAIN)).toBe(report);
  });

  test('a terminal is not moved by what a repository holds', () => {
    const nasty = '\u001b[2J\u001b]0;title\u0007a\nb\tc\u202ed\u0000';
    const one = finding({ file: nasty, what: nasty, where: nasty, why: nasty, fix: nasty, kustomization: nasty });
    const report = checkReport(checkedOf(repository({}, [{ file: nasty, what: nasty }]), { findings: [one], showInfos: true }), PLAIN);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is what it is for
    expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(report.split('\n')).toHaveLength(14);
  });

  test('colours are added, and change no character', () => {
    const coloured = checkReport(checked(), createColors(true));
    expect(coloured).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(checkReport(checked(), PLAIN));
  });

  test('a long list of what was not checked is cut, and says so', () => {
    const problems = Array.from({ length: 30 }, (_, index) => ({ file: `${index}.yaml`, what: 'it is a symbolic link' }));
    const report = checkReport(checkedOf(repository({}, problems), { findings: [], showInfos: false }), PLAIN);
    expect(report).toContain('  … and 10 more\n');
    expect(report).toContain('30 not checked');
  });
});

test('what could not be built for a reason is not said again of the file', () => {
  const failure = { kind: 'fails', file: 'apps/link.yaml', what: 'it is a symbolic link' } as const;
  const problems = [
    { file: 'apps/link.yaml', what: 'it is a symbolic link' },
    { file: 'apps/other.yaml', what: 'it is a symbolic link' },
  ];
  const { notChecked } = checkedOf(repository({ office: [kustomization('flux-system/ferry', 0, failure)] }), {
    findings: [],
    problems: [...problems, ...problems],
    showInfos: false,
  });
  expect(notChecked.map(({ name, file }) => [name, file])).toEqual([
    ['office: flux-system/ferry', 'apps/link.yaml'],
    [undefined, 'apps/other.yaml'],
  ]);
});

test('JSON holds the same, with every severity named', () => {
  expect(JSON.parse(checkJson(checked()))).toMatchInlineSnapshot(`
{
  "clusters": [
    {
      "kustomizations": 2,
      "name": "office",
      "objects": 2,
    },
  ],
  "counts": {
    "error": 2,
    "info": 1,
    "warning": 1,
  },
  "findings": [
    {
      "file": "src/components/ferry.ts",
      "fix": "pin it",
      "rule": "unused-acceptance",
      "severity": "error",
      "what": "version 1.x",
      "where": "this.accept('no-timeout', 'slow')",
      "why": "the chart changes by itself",
    },
    {
      "file": "namespaces/pier/helm-release.yaml",
      "fix": "pin it",
      "kustomization": "flux-system/pier",
      "rule": "style",
      "severity": "info",
      "what": "version 1.x",
      "where": "HelmRelease ferry/ferry, spec.chart.spec.version",
      "why": "the chart changes by itself",
    },
    {
      "file": "namespaces/ferry/helm-release.yaml",
      "fix": "pin it",
      "kustomization": "office: flux-system/ferry",
      "line": 9,
      "rule": "no-timeout",
      "severity": "warning",
      "what": "version 1.x",
      "where": "HelmRelease ferry/ferry, spec.chart.spec.version",
      "why": "the chart changes by itself",
    },
    {
      "file": "namespaces/ferry/helm-release.yaml",
      "fix": "pin it",
      "kustomization": "office: flux-system/ferry",
      "line": 12,
      "rule": "release-version",
      "severity": "error",
      "what": "version 1.x",
      "where": "HelmRelease ferry/ferry, spec.chart.spec.version",
      "why": "the chart changes by itself",
    },
  ],
  "notChecked": [
    {
      "file": "clusters/office/infrastructure.yaml",
      "name": "office: flux-system/crds",
      "why": "its source is another repository",
    },
    {
      "file": "apps/link.yaml",
      "why": "it is a symbolic link",
    },
    {
      "name": "example.org/v1 Berth",
      "objects": 3,
      "why": "there is no schema of this kind",
    },
  ],
}
`);
});

describe('SARIF', () => {
  const log = (findings = FINDINGS) => JSON.parse(sarif(checked(findings), RULES));

  test('is what the standard asks for', () => {
    expect(log()).toMatchInlineSnapshot(`
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "runs": [
    {
      "columnKind": "utf16CodeUnits",
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": [
            {
              "level": "note",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "clusters/office/infrastructure.yaml",
                    },
                  },
                },
              ],
              "message": {
                "text": "not checked: office: flux-system/crds, clusters/office/infrastructure.yaml: its source is another repository",
              },
            },
            {
              "level": "note",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "apps/link.yaml",
                    },
                  },
                },
              ],
              "message": {
                "text": "not checked: apps/link.yaml: it is a symbolic link",
              },
            },
            {
              "level": "note",
              "message": {
                "text": "not checked: example.org/v1 Berth (3 objects): there is no schema of this kind",
              },
            },
          ],
        },
      ],
      "results": [
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "src/components/ferry.ts",
                },
                "region": {
                  "startLine": 1,
                },
              },
            },
          ],
          "message": {
            "text": "version 1.x
where: this.accept('no-timeout', 'slow')
why: the chart changes by itself
fix: pin it",
          },
          "partialFingerprints": {
            "strata/v1": "09abcb3a90a590c786e01a6f5f56d6b6",
          },
          "ruleId": "unused-acceptance",
          "ruleIndex": 3,
        },
        {
          "level": "note",
          "locations": [
            {
              "logicalLocations": [
                {
                  "fullyQualifiedName": "flux-system/pier",
                  "kind": "resource",
                },
              ],
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "namespaces/pier/helm-release.yaml",
                },
                "region": {
                  "startLine": 1,
                },
              },
            },
          ],
          "message": {
            "text": "version 1.x
where: HelmRelease ferry/ferry, spec.chart.spec.version
why: the chart changes by itself
fix: pin it",
          },
          "partialFingerprints": {
            "strata/v1": "9be62350ad20a6b93c0365c9c0e276fc",
          },
          "ruleId": "style",
          "ruleIndex": 2,
        },
        {
          "level": "warning",
          "locations": [
            {
              "logicalLocations": [
                {
                  "fullyQualifiedName": "office: flux-system/ferry",
                  "kind": "resource",
                },
              ],
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "namespaces/ferry/helm-release.yaml",
                },
                "region": {
                  "startLine": 9,
                },
              },
            },
          ],
          "message": {
            "text": "version 1.x
where: HelmRelease ferry/ferry, spec.chart.spec.version
why: the chart changes by itself
fix: pin it",
          },
          "partialFingerprints": {
            "strata/v1": "e6b0667ed548850b9d4de160058f39c1",
          },
          "ruleId": "no-timeout",
          "ruleIndex": 0,
        },
        {
          "level": "error",
          "locations": [
            {
              "logicalLocations": [
                {
                  "fullyQualifiedName": "office: flux-system/ferry",
                  "kind": "resource",
                },
              ],
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "namespaces/ferry/helm-release.yaml",
                },
                "region": {
                  "startLine": 12,
                },
              },
            },
          ],
          "message": {
            "text": "version 1.x
where: HelmRelease ferry/ferry, spec.chart.spec.version
why: the chart changes by itself
fix: pin it",
          },
          "partialFingerprints": {
            "strata/v1": "adf412f228b0dc6a619cfde2bc5f0307",
          },
          "ruleId": "release-version",
          "ruleIndex": 1,
        },
      ],
      "tool": {
        "driver": {
          "name": "strata",
          "rules": [
            {
              "defaultConfiguration": {
                "level": "warning",
              },
              "fullDescription": {
                "text": "it breaks",
              },
              "help": {
                "text": "mend it",
              },
              "id": "no-timeout",
              "shortDescription": {
                "text": "no-timeout holds",
              },
            },
            {
              "defaultConfiguration": {
                "level": "warning",
              },
              "fullDescription": {
                "text": "it breaks",
              },
              "help": {
                "text": "mend it",
              },
              "id": "release-version",
              "shortDescription": {
                "text": "release-version holds",
              },
            },
            {
              "defaultConfiguration": {
                "level": "warning",
              },
              "fullDescription": {
                "text": "it breaks",
              },
              "help": {
                "text": "mend it",
              },
              "id": "style",
              "shortDescription": {
                "text": "style holds",
              },
            },
            {
              "defaultConfiguration": {
                "level": "error",
              },
              "fullDescription": {
                "text": "the chart changes by itself",
              },
              "help": {
                "text": "pin it",
              },
              "id": "unused-acceptance",
              "shortDescription": {
                "text": "unused acceptance",
              },
            },
          ],
        },
      },
    },
  ],
  "version": "2.1.0",
}
`);
  });

  test('every result has a rule in its place, a relative URI and a line', () => {
    const [run] = log().runs;
    expect(run.results).toHaveLength(FINDINGS.length);
    for (const { ruleId, ruleIndex, level, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      const [{ physicalLocation }] = locations;
      expect(physicalLocation.artifactLocation.uri).not.toMatch(/^\/|\\|^[a-z]+:/);
      expect(physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a fingerprint stays when the line moves, and equal findings have different ones', () => {
    const prints = (findings: readonly Finding[]) =>
      log(findings).runs[0].results.map((one: { partialFingerprints: unknown }) => JSON.stringify(one.partialFingerprints));
    expect(prints([finding({ line: 7 })])).toEqual(prints([finding({ line: 70 })]));
    expect(new Set(prints([finding({}), finding({}), finding({ what: 'other' })])).size).toBe(3);
  });

  test.each([
    ['a b#c?d%.yaml', 'a%20b%23c%3Fd%25.yaml'],
    ['c:/windows.yaml', './c:/windows.yaml'],
    ['half \ud800.yaml', 'half%20%EF%BF%BD.yaml'],
  ])('the file %j is a URI', (file, uri) => {
    const [{ locations }] = log([finding({ file })]).runs[0].results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });
});
