// Alerts on what Argo CD deploys: an application that differs from git, or is not well after it was synced.
import type { AlertDraft } from '../../../alerts/draft';
import { label, type Message, message } from '../../../alerts/message';
import { bothWays } from '../../../alerts/proofs';
import { run, say } from '../../../alerts/runbook-steps';
import { constantSeries, type Sample } from '../../../alerts/samples';
import { escapeRegex } from '../../../promql/escape';
import { aggregate, binary, differs, type Matcher, matches, select } from '../../../promql/expression';
import type { ObservabilityScope } from '../scope';

interface Trouble {
  readonly name: string;
  readonly matcher: Matcher;
  readonly forSeconds: number;
  readonly severity: AlertDraft['severity'];
  readonly summary: Message;
  readonly description: Message;
  readonly meaning: string;
  readonly mitigation: string;
  /** Labels of the series that fires; a healthy one is Synced and Healthy. */
  readonly firing: Readonly<Record<string, string>>;
}

const troubles: readonly Trouble[] = [
  {
    name: 'application-out-of-sync',
    matcher: differs('sync_status', 'Synced'),
    forSeconds: 1800,
    severity: 'warning',
    summary: message`${label('name')} differs from git`,
    description: message`Application ${label('name')} has not been in the state of git for 30 minutes.`,
    meaning: 'Somebody changed the cluster by hand, or what git holds is refused by the cluster.',
    mitigation: 'Bring the change into the declaration, or let Argo CD sync it away; mend what the cluster refuses.',
    firing: { sync_status: 'OutOfSync', health_status: 'Healthy' },
  },
  {
    name: 'application-degraded',
    matcher: matches('health_status', 'Degraded|Missing'),
    forSeconds: 900,
    severity: 'critical',
    summary: message`${label('name')} is not healthy`,
    description: message`Argo CD has called application ${label('name')} degraded or missing for 15 minutes.`,
    meaning: 'A rollout stopped, pods do not become ready, or an object was deleted.',
    mitigation: 'Bring the version before back: platform/gitops/rollback.sh SERVICE ENVIRONMENT.',
    firing: { sync_status: 'Synced', health_status: 'Degraded' },
  },
];

/** The services' project, and the platform's own. */
const projects = (platform: string): Matcher => matches('project', `${escapeRegex(platform)}(-platform)?`);

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/ */
export function gitopsAlerts({ platform }: ObservabilityScope): AlertDraft[] {
  const app = { name: `${platform}-shop`, project: platform };
  const series = (labels: Readonly<Record<string, string>>): Sample[] => [
    constantSeries('argocd_app_info', { ...app, ...labels }, 1, 45),
  ];
  return troubles.map(
    ({ name, matcher, forSeconds, severity, summary, description, meaning, mitigation, firing }): AlertDraft => ({
      name,
      expr: binary(aggregate('max', select('argocd_app_info', [projects(platform), matcher]), ['name']), '==', '1'),
      forSeconds,
      severity,
      labels: {},
      summary,
      description,
      meaning,
      diagnosis: [run('What Argo CD says.', `argocd app list --project ${platform} --project ${platform}-platform`)],
      mitigation: [say(mitigation)],
      proofs: bothWays({
        name: 'it is so for the whole time',
        minutes: 40,
        firing: series(firing),
        quiet: series({ sync_status: 'Synced', health_status: 'Healthy' }),
        shown: '1',
        labels: { name: app.name },
      }),
    }),
  );
}
