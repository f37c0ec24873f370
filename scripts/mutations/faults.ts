import type { Fault } from './fault';
import { builds } from './faults/builds';
import { cluster } from './faults/cluster';
import { graph } from './faults/graph';
import { releases } from './faults/releases';
import { texts } from './faults/texts';

/** Every mistake that is planted. */
export const FAULTS: readonly Fault[] = [...graph, ...builds, ...releases, ...texts, ...cluster];
