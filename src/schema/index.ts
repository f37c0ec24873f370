export { celSyntax, isTrueOfNothing } from './cel';
export type { ProblemKind, SchemaProblem } from './problem';
export type { LoadSchema } from './schema-file';
export { Schemas } from './schemas';
