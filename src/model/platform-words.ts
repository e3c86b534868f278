// Checks the words of a platform's declaration that a pattern cannot: schedules, and environments that other parts name.
import type { PlatformDeclaration } from '../declaration/platform';
import { didYouMean } from '../diagnostics';
import { parseCron } from './cron';
import type { LocatedDiagnostic } from './parse';
import { defaultEnvironments } from './platform-facts';

type Path = readonly string[];

const problem = (code: string, path: Path, message: string, fix: string, atKey: boolean): LocatedDiagnostic => ({
  code,
  severity: 'error',
  path,
  place: null,
  message: `${path.join('.')}: ${message}`,
  fix,
  atKey,
});

function schedules({ backups }: PlatformDeclaration): LocatedDiagnostic[] {
  const named = ['weekly', 'monthly'];
  return (['schedule', 'restoreTest'] as const).flatMap((key) => {
    const value = backups?.[key];
    const found = value === undefined || named.includes(value) ? null : parseCron(value);
    return typeof found === 'string'
      ? [
          problem(
            'schedule-malformed',
            ['backups', key],
            `${found}.`,
            'Five fields: minute, hour, day of month, month, day of week. For example: "0 2 * * *".',
            false,
          ),
        ]
      : [];
  });
}

/** Maps whose keys are names of environments. */
function byEnvironment({ aws, backing, certificates }: PlatformDeclaration): [Path, object][] {
  const maps: [Path, object | undefined][] = [
    [['aws', 'monthlyBudget'], aws?.monthlyBudget],
    [['certificates', 'issuer'], certificates?.issuer],
    ...Object.entries(backing ?? {}).map(([kind, facts]): [Path, object | undefined] => [
      ['backing', kind, 'runs'],
      (facts as { readonly runs?: object }).runs,
    ]),
  ];
  return maps.flatMap(([path, map]): [Path, object][] => (map === undefined ? [] : [[path, map]]));
}

function environments(declared: PlatformDeclaration): LocatedDiagnostic[] {
  const known = Object.keys(declared.environments ?? defaultEnvironments);
  return byEnvironment(declared).flatMap(([path, map]) =>
    Object.keys(map)
      .filter((name) => !known.includes(name))
      .map((name) => {
        const near = didYouMean(name, known);
        return problem(
          'unknown-environment',
          [...path, name],
          `the platform has no environment "${name}".`,
          near === null ? `The environments are: ${known.join(', ')}.` : `Did you mean "${near}"?`,
          true,
        );
      }),
  );
}

/** Problems of words, for a declaration of a valid shape. */
export const platformWords = (declared: PlatformDeclaration): LocatedDiagnostic[] => [
  ...schedules(declared),
  ...environments(declared),
];
