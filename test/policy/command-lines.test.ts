import fc from 'fast-check';
import { passwordsIn, writesIn } from '../../src/policy/command-lines';

test.each([
  ['kubectl apply -f x.yaml', 'kubectl apply'],
  ['  $ kubectl -n ferry --context north delete pod x', 'kubectl delete'],
  ['`kubectl rollout restart deployment/x`', 'kubectl rollout restart'],
  ['cat x | kubectl apply -f -', 'kubectl apply'],
])('%s changes a cluster', (line, what) => {
  expect(writesIn(line)).toEqual([{ what, line: 1 }]);
});

test.each([
  'kubectl get pods',
  'kubectl apply --dry-run=client -f x.yaml',
  'kubectl describe pod apply',
  'mykubectl apply',
  'kubectl rollout status x',
])('%s changes nothing', (line) => {
  expect(writesIn(line)).toEqual([]);
});

test.each([
  ['sshpass -p Tr0ub4dor ssh root@192.0.2.10', true],
  ["sshpass -p'Tr0ub4dor' ssh root@192.0.2.10", true],
  ['| SSH | root@192.0.2.10 Tr0ub4dor |', true],
  ['root@192.0.2.10 password: Tr0ub4dor', true],
  ['root@192.0.2.10 (password Tr0ub4dor)', true],
  ['helm login --password Tr0ub4dor', false],
  ['curl -u admin:Tr0ub4dor https://example.org', false],
  ['postgres://ferry:Tr0ub4dor@db.example.org/ferry', false],
])('%s shows a password', (line, sure) => {
  const found = passwordsIn(line);
  expect(found).toEqual([expect.objectContaining({ line: 1, sure })]);
  expect(JSON.stringify(found)).not.toContain('Tr0ub4dor');
});

test.each([
  'sshpass -p "$PASSWORD" ssh root@192.0.2.10',
  'sshpass -p <password> ssh root@192.0.2.10',
  'ssh root@192.0.2.10 uptime2024',
  'root@192.0.2.10 then look around',
  'root@192.0.2.10 192.0.2.11',
  'root@192.0.2.10 v1.33.2',
  'root@192.0.2.10 (credential withheld: treat as leaked)',
  'helm login --password-stdin',
  'helm login --password $TOKEN',
  'curl -u admin:$TOKEN https://example.org',
  'postgres://ferry:password@db.example.org/ferry',
  'postgres://postgres:postgres@localhost:5432/test',
  'git@192.0.2.10:infra.git',
])('%s shows none', (line) => {
  expect(passwordsIn(line)).toEqual([]);
});

test('a line says where it stands', () => {
  expect(passwordsIn('one\ntwo\nsshpass -p Tr0ub4dor ssh x')).toEqual([expect.objectContaining({ line: 3 })]);
});

test('no text stops it, and no password is in what it says', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '1', '@', '.', ' ', '-p', ':', '/', 'sshpass ', '|', '"', "'", '$', '\n'), maxLength: 200 }),
      (text) => [...passwordsIn(text), ...writesIn(text)].every(({ line }) => line >= 1 && line <= text.split('\n').length),
    ),
  );
});
