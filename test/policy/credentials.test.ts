import fc from 'fast-check';
import { isSecretValue, issuedIn, namedCredential, passwordInAddress } from '../../src/policy/credentials';

test.each([
  ['auth.password', 'hunter2', 'error'],
  ['passwords[0].password', 'hunter2', 'error'],
  ['DB_PASSWORD', 12345678, 'error'],
  ['auth.apiKey', 'q8ZL2mT5x0VbN7rK', 'error'],
  ['apiToken', 'pier', 'warning'],
  ['aws_secret_access_key', 'x9', 'warning'],
  ['connectionString', 'amqp://ferry:hunter2@rabbitmq:5672', 'error'],
  ['auth.password', '', undefined],
  ['auth.password', '${PASSWORD}', undefined],
  ['auth.password', '{{ .Values.password }}', undefined],
  ['auth.password', '/run/secrets/password', undefined],
  ['auth.existingPassword', 'ferry', undefined],
  ['auth.existingSecretPasswordKey', 'password', undefined],
  ['secretKeyRef.key.password', 'hunter2', undefined],
  ['auth.keys.password', 'redis-password', undefined],
  ['automountServiceAccountToken', true, undefined],
  ['automountServiceAccountToken', 'false', undefined],
  ['max_token', 4096, undefined],
  ['tls.privateKey', 'tls.key', undefined],
  ['connectionString', 'amqp://rabbitmq:5672', undefined],
  ['passwordPolicy', 'strict', undefined],
])('%s: %s', (name, value, certainty) => expect(namedCredential(name, value)).toBe(certainty));

test.each([
  ['postgres://ferry:hunter2@postgres/ferry', 'error'],
  ['try redis://:hunter2@redis:6379 first', 'error'],
  ['postgres://ferry:password@postgres', 'warning'],
  ['postgres://ferry:PASSWORD@postgres', undefined],
  ['postgres://ferry:${PASSWORD}@postgres', undefined],
  ['postgres://ferry:$(PASSWORD)@postgres', undefined],
  ['ssh://git@example.org:22/infra.git', undefined],
  ['https://example.org:8080/a@b', undefined],
  ['oci://example.org:5000/ferry@sha256:abc', undefined],
])('%s', (text, certainty) => expect(passwordInAddress(text)).toBe(certainty));

test.each([
  [`-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIB'.repeat(8)}`, 'a private key'],
  ['-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----', undefined],
  [`ghp_${'a1'.repeat(18)}`, 'a token of GitHub'],
  ['AKIAIOSFODNN7EXAMPLE', undefined],
  [`AKIA${'A1'.repeat(8)}`, 'an access key of AWS'],
  [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'a private key of age'],
  ['ghp_short', undefined],
  ['a webhooks page', undefined],
])('%j', (text, what) => expect(issuedIn(text)?.what).toBe(what));

test('any text is looked at, and in the time it takes to read it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.constantFrom('a', '://', ':', '-----BEGIN ', 'A ', 'ghp_'), (text, part) => {
      const long = `${text}${part.repeat(5_000)}${text}`;
      expect([undefined, 'error', 'warning']).toContain(passwordInAddress(long));
      expect([undefined, 'error', 'warning']).toContain(namedCredential(`${long}password`, long));
      expect(typeof issuedIn(long)?.what).toMatch(/string|undefined/);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['password', 'hunter2', true],
  ['url', 'postgres://ferry:hunter2@postgres', true],
  ['config', 'user: ferry\ntoken: q8ZL2mT5x0VbN7rK\n', true],
  ['config', 'user: ferry\ntoken: unused\n', false],
  ['username', 'ferry', false],
  ['db-port', '5432', false],
  ['.dockerconfigjson', '{"auths": {}}', false],
  ['.dockerconfigjson', '{"auths":{"example.org":{"auth":"eA=="}}}', true],
  ['token', 'unused', false],
])('in a Secret, %s: %j', (key, value, is) => expect(isSecretValue(key, value)).toBe(is));
