// Turns the name of an action into a step that uses it at its pinned commit.
import { type ActionName, actionPins } from '../../../catalog/actions';
import type { Scalar, Step } from './job';

/** The rest of a step that uses an action. */
interface ActionStep extends Pick<Step, 'why' | 'id' | 'if' | 'env'> {
  readonly name: string;
  /** An action in a folder of the repository, for example `init` of github/codeql-action. */
  readonly folder?: string;
  readonly with?: Readonly<Record<string, Scalar>>;
}

export function action(name: ActionName, { folder, with: inputs, ...step }: ActionStep): Step {
  const path = folder === undefined ? name : `${name}/${folder}`;
  return { ...step, uses: `${path}@${actionPins[name].sha}`, ...(inputs === undefined ? {} : { with: inputs }) };
}

/** `v7.0.1` for `actions/checkout@3d3c…`; null for an action that is not ours, which an override may have put there. */
export function versionOf(uses: string): string | null {
  const pin = Object.entries(actionPins).find(
    ([name, { sha }]) => uses.endsWith(`@${sha}`) && (uses.startsWith(`${name}@`) || uses.startsWith(`${name}/`)),
  );
  return pin === undefined ? null : pin[1].version;
}
