export { type AuditOptions, audit } from './audit';
export { type CheckOptions, check, rules } from './check';
export type { Context, Rule, SchemaSource } from './rule';
