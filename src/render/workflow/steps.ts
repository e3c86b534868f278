// Turns the plan of delivery into the steps that several jobs begin with, and into steps that run its commands.
import type { DeliveryPlan } from '../../plan/types';
import { shell } from '../shared/escape/shell';
import { action } from '../shared/workflow/action';
import { literal } from '../shared/workflow/expression';
import type { Scalar, Step } from '../shared/workflow/job';
import { scriptsFolder } from './fixed';

/** The checkout leaves no token behind: steps that follow have only what they are given. */
export const checkout = (inputs: Readonly<Record<string, Scalar>> = {}): Step =>
  action('actions/checkout', { name: 'Check out', with: { ...inputs, 'persist-credentials': false } });

/** Where a step works: the folder of the service, or nothing said when that is the root. */
export const inFolder = (delivery: DeliveryPlan): Pick<Step, 'working-directory'> =>
  delivery.folder === '.' ? {} : { 'working-directory': literal(delivery.folder) };

/** Runs a generated script, through bash so that it also works where Git lost its executable bit. */
export function script(
  delivery: DeliveryPlan,
  file: string,
  step: Omit<Step, 'uses' | 'with' | 'run'>,
  argument = '',
): Step {
  const run = `bash ${scriptsFolder}/${file}${argument === '' ? '' : ` ${argument}`}`;
  return { ...step, ...inFolder(delivery), run };
}

/** One word of the shell in which GitHub finds nothing to evaluate: quotes end and begin again between `$` and `{{`. */
const word = (text: string): string => shell(text).replaceAll('${{', () => "$''{{");

/** Runs a command of the plan, each of its words quoted. */
export const command = (
  name: string,
  argv: readonly string[],
  rest: Pick<Step, 'env' | 'working-directory'> = {},
): Step => ({
  name,
  ...rest,
  run: argv.map(word).join(' '),
});

/** Node and the dependencies of the lock file. */
export function install(delivery: DeliveryPlan): Step[] {
  const { packageManager, packageManagerVersion, nodeMajor } = delivery;
  const managed: Step = {
    name: 'Put the package manager on the path',
    why: "By the runner's own Node: newer ones bring no corepack.",
    env: { PACKAGE_MANAGER: literal(packageManagerVersion ?? '') },
    run: 'corepack enable\ncorepack prepare "$PACKAGE_MANAGER" --activate\n',
  };
  return [
    checkout(),
    ...(packageManagerVersion === null ? [] : [managed]),
    action('actions/setup-node', {
      name: 'Set up Node',
      with: { 'node-version': String(nodeMajor), cache: packageManager },
    }),
    command('Install', delivery.installCommand),
  ];
}
