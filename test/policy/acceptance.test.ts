import fc from 'fast-check';
import { type Acceptance, type Finding, say } from '../../src/flux';
import { type Accepted, type Annotated, applyAcceptances, type Reported } from '../../src/policy/acceptance';

const TODAY = '2026-11-26';
const RULES = ['no-ip-block', 'release-version', 'monitors-apart'];

function finding(rule: string, file = 'apps/ferry/policy.yaml'): Finding {
  return { rule, file, what: 'an address', where: 'NetworkPolicy ferry/office', why: 'it never matches', fix: 'name an entity' };
}

function annotated(annotations: Annotated['annotations'], name = 'NetworkPolicy ferry/office'): Annotated {
  return { annotations, file: 'apps/ferry/policy.yaml', name };
}

interface Case {
  readonly reported?: readonly Reported[];
  readonly code?: Readonly<Record<string, readonly Acceptance[]>>;
  readonly annotated?: readonly Annotated[];
  readonly asked?: readonly string[];
}

function applied({ reported = [], code = {}, annotated = [], asked }: Case): readonly Finding[] {
  const accepted: Accepted = {
    code: new Map(Object.entries(code)),
    annotated,
    known: new Set(RULES),
    ...(asked && { asked: new Set(asked) }),
  };
  return applyAcceptances(reported, accepted, TODAY);
}

const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

/** One broken rule on an object that bears these annotations. */
function onObject(annotations: Annotated['annotations'], rule = 'no-ip-block'): readonly Finding[] {
  return applied({ reported: [{ finding: finding(rule), places: [[annotations]], sources: [] }], annotated: [annotated(annotations)] });
}

describe('an annotation', () => {
  test('accepts its rule on its object', () => {
    expect(onObject({ 'accept.strata/no-ip-block': 'because the office has no other name' })).toEqual([]);
  });

  test('holds through the day it names, and is a finding beside what it let through once the day has passed', () => {
    expect(onObject({ 'accept.strata/no-ip-block': `until ${TODAY}: because the office moves` })).toEqual([]);
    const findings = onObject({ 'accept.strata/no-ip-block': 'until 2026-11-25: because the office moves' });
    expect(findings.map(say).join('\n\n')).toMatchInlineSnapshot(`
"apps/ferry/policy.yaml: no-ip-block
  what   an address
  where  NetworkPolicy ferry/office
  why    it never matches
  fix    name an entity

apps/ferry/policy.yaml: expired-acceptance
  what   it accepted no-ip-block until 2026-11-25, and that day has passed
  where  NetworkPolicy ferry/office, metadata.annotations["accept.strata/no-ip-block"]
  why    what it let through for a while is there still
  fix    put right what breaks the rule and remove the line, or give it another day and a reason for that"
`);
  });

  test('of a Flux Kustomization accepts for everything in it', () => {
    const kustomization = annotated({ 'accept.strata/no-ip-block': 'because all of it is legacy' }, 'Kustomization flux-system/ferry');
    const reported = ['a.yaml', 'b.yaml'].map((file) => ({
      finding: finding('no-ip-block', file),
      places: [[{}, kustomization.annotations]],
      sources: [],
    }));
    expect(applied({ reported, annotated: [kustomization] })).toEqual([]);
  });

  test('in one of two places accepts nothing for the other', () => {
    const here = { 'accept.strata/no-ip-block': 'because here it is measured' };
    const both = { finding: finding('no-ip-block'), places: [[here], [{}]], sources: [] };
    expect(rulesOf(applied({ reported: [both], annotated: [annotated(here)] }))).toEqual(['no-ip-block']);
    expect(applied({ reported: [{ ...both, places: [[here], [here]] }], annotated: [annotated(here)] })).toEqual([]);
  });

  test('that one of several clusters needs is needed, and is spoken of once', () => {
    const here = { 'accept.strata/no-ip-block': 'because here', 'accept.strata/release-version': 'because of nothing' };
    const there = { ...here };
    const findings = applied({
      reported: [{ finding: finding('no-ip-block'), places: [[there]], sources: [] }],
      annotated: [annotated(here), annotated(there)],
    });
    expect(findings.map(say).join('\n\n')).toMatchInlineSnapshot(`
"apps/ferry/policy.yaml: unused-acceptance
  what   it accepts release-version, which nothing in it breaks
  where  NetworkPolicy ferry/office, metadata.annotations["accept.strata/release-version"]
  why    a leftover exception would let the next mistake through
  fix    remove the line, or correct the name of the rule"
`);
  });

  test('that nobody can understand accepts nothing, and says so', () => {
    const annotations = {
      'accept.strata/no-ip-block': 'the office has no other name',
      'accept.strata/release-version': 'because',
      'accept.strata/monitors-apart': 'until 2027-02-30: because of February',
      'accept.strata/no-such-rule': 'because …',
      'accept.strata/': 7,
      'example.org/no-ip-block': 'because …',
    };
    expect(onObject(annotations).map((one) => `${one.rule}: ${one.what}`)).toMatchInlineSnapshot(`
[
  "no-ip-block: an address",
  "invalid-acceptance: it accepts nothing: its text is "the office has no other name"",
  "invalid-acceptance: it accepts nothing: it gives no reason",
  "invalid-acceptance: it accepts nothing: "2027-02-30" is no day",
  "invalid-acceptance: it accepts nothing: there is no rule "no-such-rule"",
  "invalid-acceptance: it accepts nothing: its text is 7",
]
`);
  });

  test.each(['2027-2-3', '2027-13-01', '2027-00-01', '2027-01-00', '2027-02-29', '2100-02-29', 'soon', '', '2027-01-31T00'])(
    'with the day %p is not understood',
    (day) => {
      expect(rulesOf(onObject({ 'accept.strata/no-ip-block': `until ${day}: because …` }))).toEqual(['no-ip-block', 'invalid-acceptance']);
    },
  );

  test.each(['2028-02-29', '2400-02-29', '2027-12-31'])('with the day %p is understood', (day) => {
    expect(onObject({ 'accept.strata/no-ip-block': `until ${day}: because …` })).toEqual([]);
  });
});

describe('in code', () => {
  const reported = [{ finding: finding('no-ip-block'), places: [], sources: ['src/components/ferry.ts', 'src/clusters/office.ts'] }];

  test.each(['src/components/ferry.ts', 'src/clusters/office.ts'])('%s may accept it', (source) => {
    expect(applied({ reported, code: { [source]: [{ rule: 'no-ip-block', because: 'the office has no other name' }] } })).toEqual([]);
  });

  test('a component accepts for nobody else, and where two accept the same, both are needed', () => {
    const acceptance = { rule: 'no-ip-block', because: 'the office has no other name' };
    expect(rulesOf(applied({ reported, code: { 'src/components/pier.ts': [acceptance] } }))).toEqual(['no-ip-block', 'unused-acceptance']);
    expect(applied({ reported, code: { 'src/components/ferry.ts': [acceptance], 'src/clusters/office.ts': [acceptance] } })).toEqual([]);
  });

  test('each kind of mistake in one is a finding that names the call', () => {
    const findings = applied({
      reported,
      code: {
        'src/components/ferry.ts': [{ rule: 'no-ip-block', because: ' ' }],
        'src/clusters/office.ts': [{ rule: 'no-ip-block', because: 'we move', until: '2026-01-31' }],
        'src/platform.ts': [{ rule: 'release-version', because: 'of nothing' }],
      },
    });
    expect(findings.map((one) => `${one.file}: ${one.rule}: ${one.where}`)).toMatchInlineSnapshot(`
[
  "apps/ferry/policy.yaml: no-ip-block: NetworkPolicy ferry/office",
  "src/components/ferry.ts: invalid-acceptance: this.accept('no-ip-block', ' ')",
  "src/clusters/office.ts: expired-acceptance: cluster.accept('no-ip-block', 'we move', '2026-01-31')",
  "src/platform.ts: unused-acceptance: repo.accept('release-version', 'of nothing')",
]
`);
  });

  test('of a rule that was not asked nobody knows whether it is needed', () => {
    const code = { 'src/components/ferry.ts': [{ rule: 'release-version', because: 'of nothing' }] };
    expect(rulesOf(applied({ code, asked: ['no-ip-block'] }))).toEqual([]);
    expect(rulesOf(applied({ code, asked: ['release-version'] }))).toEqual(['unused-acceptance']);
  });
});

test('whatever stands in annotations: nothing is thrown, and no finding is lost but by an acceptance of its rule', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('because …', 'until 2027-01-31: because …', 'until 1999-01-01: because …', 'because'));
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom(...RULES, '__proto__', 'constructor').map((rule) => `accept.strata/${rule}`),
  );
  const annotations = fc.dictionary(key, fc.oneof(text, fc.anything()), { noNullPrototype: false });
  fc.assert(
    fc.property(fc.constantFrom(...RULES), annotations, (rule, one) => {
      const findings = onObject(one, rule);
      const value = Object.hasOwn(one, `accept.strata/${rule}`) ? one[`accept.strata/${rule}`] : undefined;
      const accepts = typeof value === 'string' && /^\s*(until 2027-01-31: )?because\s+\S/.test(value);
      expect(rulesOf(findings).includes(rule)).toBe(!accepts);
    }),
  );
});
