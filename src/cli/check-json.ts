import { severityOf } from '../flux/finding';
import type { Checked } from './checked';

/** The same for programs: one JSON object on one line, no time and no path of this machine in it, so that equal trees print equal bytes. */
export function checkJson({ findings, counts, clusters, notChecked }: Checked): string {
  return JSON.stringify({
    findings: findings.map((finding) => {
      const { rule, file, line, kustomization, what, where, why, fix } = finding;
      return { rule, severity: severityOf(finding), file, line, kustomization, what, where, why, fix };
    }),
    counts,
    clusters,
    notChecked,
  });
}
