import type fc from 'fast-check';
import type { OracleCase } from './case';
import { documentCases } from './cases-documents';
import { patchCases } from './cases-patches';
import { substitutionCases } from './cases-substitution';

/** Every kind of case that is compared, by name. Add yours here. */
export const CASES: Readonly<Record<string, fc.Arbitrary<OracleCase>>> = {
  documents: documentCases,
  patches: patchCases,
  substitution: substitutionCases,
};
