import fc from 'fast-check';
import { filesFrom } from '../../src/kustomize';
import { yamlTraps } from '../../src/policy/rules/yaml-traps';
import { spelling } from '../../src/policy/written-scalar';
import { testRule, yaml } from '../support/rule-tester';

const WHY =
  'the API server takes only text there: it refuses the object, and with it all that the Flux Kustomization applies at that stage';

testRule(yamlTraps, {
  allowed: {
    'text in quotes': yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry, labels: { version: "1.10" } }
      data: { MODE: "0755", PORT: '8080', READY: "yes", DAY: "2026-01-31", MOMENT: 2026-01-31T00:00:00Z, NOTE: on 2026-01-31 }`,
    'numbers where numbers go': yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: 2, template: { spec: { containers: [{ name: ferry, ports: [{ containerPort: 8080 }] }] } } }`,
    'a version that loses nothing': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { image: { tag: 1.2 }, replicas: 010 } }`,
  },
  refused: {
    'a file mode, and a port of a container': [
      yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data:
        mode.file: 0755
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec:
        template:
          spec:
            containers:
              - name: ferry
                env:
                  - name: PORT
                    value: 8080`,
      `
      namespaces/ferry/0.yaml: yaml-traps
        what   mode.file is the number 493, written 0755
        where  ConfigMap ferry/ferry, data.mode.file
        why    ${WHY}
        fix    put it in quotes: mode.file: "0755"
      namespaces/ferry/1.yaml: yaml-traps
        what   value is the number 8080
        where  Deployment ferry/ferry, spec.template.spec.containers[0].env[0].value
        why    ${WHY}
        fix    put it in quotes: value: "8080"`,
    ],
    'a day that gets a time': [
      yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { FIRST_DAY: 2026-01-31 }`,
      `
      namespaces/ferry/0.yaml: yaml-traps (warning)
        what   FIRST_DAY becomes 2026-01-31T00:00:00Z, written 2026-01-31
        where  ConfigMap ferry/ferry, data.FIRST_DAY
        why    kustomize reads a day without quotes as a moment, and hands that on as the text
        fix    put it in quotes: FIRST_DAY: "2026-01-31"`,
    ],
    'a version that loses its zero': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec:
        values:
          image:
            tag: 1.10`,
      `
      namespaces/ferry/0.yaml: yaml-traps (warning)
        what   tag is the number 1.1, written 1.10
        where  HelmRelease ferry/ferry, spec.values.image.tag
        why    the chart gets 1.1, and looks for an image or a chart of that version
        fix    put it in quotes: tag: "1.10"`,
    ],
  },
});

test('a spelling is found where it stands, and nothing else is taken for one', () => {
  const of = (text: string, key: string, value: number | boolean) => spelling(filesFrom(new Map([['a.yaml', text]])), 'a.yaml', key, value);
  expect(of('tag: "1.10"\nother: { tag: 1.10 }', 'tag', 1.1)).toBe('1.10');
  expect(of('a: { b: x, tag: 1e3 }', 'tag', 1000)).toBe('1e3');
  expect(of('mytag: 1.10', 'tag', 1.1)).toBeUndefined();
  expect(of('tag: "1.10"', 'tag', 1.1)).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0o7777 }), fc.string({ unit: fc.constantFrom('a', 'b', ':', ' ', '\n', '"') }), (mode, noise) => {
      const octal = `0${mode.toString(8)}`;
      expect(of(`${noise}\n  mode: ${octal}\n${noise}`, 'mode', mode)).toBe(octal);
    }),
  );
});
