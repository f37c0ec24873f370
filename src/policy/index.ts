export { type Acceptances, check, rules } from './check';
