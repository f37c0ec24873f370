/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  modulePathIgnorePatterns: ['<rootDir>/(build|dist|[.]cache)/'],
  // swc and not ts-jest: types are checked once, by `npm run types`, and TypeScript 7 has no API for a transformer to use.
  // (The evaluator of CEL is the one package that ships ES modules only, which jest cannot load on Node 20 as they are.)
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'],
  transform: {
    '([.]ts|/cel-js/.*[.]js)$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // A hang is told after a minute; how long anything takes is for the benchmarks.
  testTimeout: 60_000,
  // Each worker loads cdk8s for itself: beyond two, starting costs more than running.
  maxWorkers: 2,
};
