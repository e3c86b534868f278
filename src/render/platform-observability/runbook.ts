// Turns the platform's alerts and backing resources into its runbook: one section for each.
import type { AlertRulePlan } from '../../plan/types';
import type { ObservabilityPlan, PlatformPlan, ResourceRunbookPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { headingOf, mergedSteps } from '../shared/runbook';
import { renderTemplate } from '../shared/template';

const nameOf = ({ environment, runs }: ObservabilityPlan): string =>
  runs === 'compose' ? `${environment} on a laptop` : environment;

const alertsOf = ({ groups }: ObservabilityPlan): AlertRulePlan[] => groups.flatMap(({ alerts }) => alerts);

/** Text and commands are those of the last environment in which the alert exists: production, in a cluster if there is one. */
function sections(environments: readonly ObservabilityPlan[]) {
  const anchors = [...new Set(environments.flatMap(alertsOf).map(({ runbookAnchor }) => runbookAnchor))];
  return anchors.flatMap((anchor) => {
    const having = environments.filter((plan) => alertsOf(plan).some(({ runbookAnchor }) => runbookAnchor === anchor));
    const last = having.filter(({ runs }) => runs === 'kubernetes').at(-1) ?? having.at(-1);
    const rules = last === undefined ? [] : alertsOf(last).filter(({ runbookAnchor }) => runbookAnchor === anchor);
    const [first] = rules;
    if (first === undefined) return [];
    return [
      {
        heading: headingOf(anchor),
        alert: first.alert,
        severity: first.severity,
        environments: having.map(nameOf).join(', '),
        meanings: [...new Set(rules.map(({ meaning }) => meaning))],
        diagnosis: mergedSteps(rules.flatMap(({ diagnosis }) => diagnosis)),
        mitigation: mergedSteps(rules.flatMap(({ mitigation }) => mitigation)),
      },
    ];
  });
}

/** Every resource of any environment, with where it is in each. */
function resources(environments: readonly ObservabilityPlan[]) {
  const all = environments.flatMap((plan) =>
    plan.resources.map((resource) => ({ environment: nameOf(plan), resource })),
  );
  const anchors = [...new Set(all.map(({ resource }) => resource.anchor))].sort();
  return anchors.flatMap((anchor) => {
    const own = all.filter(({ resource }) => resource.anchor === anchor);
    const [first] = own;
    if (first === undefined) return [];
    const alerts = distinct(own.flatMap(({ resource }) => resource.alerts));
    return [
      {
        heading: headingOf(anchor),
        title: first.resource.title,
        users: [...new Set(own.flatMap(({ resource }) => resource.users))].sort().join(', '),
        places: own.map(({ environment, resource }) => ({
          environment,
          runs: resource.runs,
          host: resource.host === '' ? 'as its secrets say' : resource.host,
          dashboard: resource.dashboardUrl ?? 'nothing measures it there',
        })),
        hasAlerts: alerts.length > 0,
        alerts: alerts.map(({ name, severity, meaning, diagnosis }) => ({
          name,
          severity,
          meaning,
          diagnosis: diagnosis[0] ?? '',
        })),
      },
    ];
  });
}

const distinct = (alerts: ResourceRunbookPlan['alerts']): ResourceRunbookPlan['alerts'] =>
  alerts.filter(({ name }, index) => alerts.findIndex((other) => other.name === name) === index);

export function runbookFiles({ identity, monitoring }: PlatformPlan): GeneratedFile[] {
  if (monitoring.length === 0) return [];
  const clusters = monitoring.filter(({ runs }) => runs === 'kubernetes');
  const view = {
    platform: identity.name,
    environments: monitoring.map((plan) => ({ name: nameOf(plan), grafanaUrl: plan.grafanaUrl, runs: plan.runs })),
    grafanaCommands: monitoring.flatMap(({ grafanaCommand }) => grafanaCommand ?? []),
    commandsOf: (clusters.at(-1) ?? monitoring.at(-1))?.environment ?? '',
    sections: sections(monitoring),
    resources: resources(monitoring),
  };
  return [
    {
      at: 'repository',
      path: 'platform/runbook.md',
      body: renderTemplate('platform-observability/runbook.md', view),
      comment: 'html',
      executable: false,
    },
  ];
}
