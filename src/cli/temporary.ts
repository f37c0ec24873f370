import { isCode } from './disk-error';

/** Beside the file it becomes, so that the rename stays on one disk; with the process in its name, so that two runs at once do not meet. */
const TEMPORARY = /^\.(.*)\.([0-9]+)\.strata-tmp$/s;
export const temporaryOf = (path: string) => {
  const name = path.lastIndexOf('/') + 1;
  return `${path.slice(0, name)}.${path.slice(name)}.${process.pid}.strata-tmp`;
};

export const isTemporary = (name: string) => TEMPORARY.test(name);

/** The name of the file or folder that a temporary was to become. */
export const becomes = (temporary: string) => TEMPORARY.exec(temporary)?.[1];

/** Whether a temporary is left of a run that died: nobody else's process is at work on it. */
export const isLeftover = (name: string) => {
  const pid = Number(TEMPORARY.exec(name)?.[2]);
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0); // signal 0 only asks
    return false;
  } catch (error) {
    return !isCode(error, 'EPERM');
  }
};
