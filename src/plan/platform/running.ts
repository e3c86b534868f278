// Decides how long the platform's own Jobs in a cluster try, and how long what they said is kept.
import type { Decisions } from '../decisions';
import { scrapeIntervalSeconds } from '../monitoring';
import type { RunningPlan } from '../types/platform';

const day = 86_400;

export function planRunning(decisions: Decisions): RunningPlan {
  const decide = (path: string, value: number, unit: string, why: string): number =>
    decisions.decide(value, { path: `running.${path}`, unit, by: 'rule', why });
  return {
    scrapeIntervalSeconds,
    preparation: {
      backoffLimit: decide(
        'preparation.backoffLimit',
        6,
        'tries',
        'it waits for a server that starts beside it: the pauses of six tries add up to ten minutes',
      ),
      deadlineSeconds: decide(
        'preparation.deadlineSeconds',
        900,
        's',
        'a quarter of an hour: the longest that a server is given to start',
      ),
      keptSeconds: decide('preparation.keptSeconds', day, 's', 'its log is read on the day of a roll-out'),
    },
    saving: {
      startingDeadlineSeconds: decide(
        'saving.startingDeadlineSeconds',
        3600,
        's',
        'a controller that was away for an hour still starts it',
      ),
      backoffLimit: decide('saving.backoffLimit', 1, 'tries', 'once more: the next one comes by its schedule'),
      keptSeconds: decide('saving.keptSeconds', 7 * day, 's', 'its log is read when a restore is tried, once a week'),
    },
  };
}
