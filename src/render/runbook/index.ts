// Turns the alerts of a service into its runbook: one section for each alert.
import type { AlertRulePlan, EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { headingOf, mergedSteps, type Step } from '../shared/runbook';
import { renderTemplate } from '../shared/template';

export function renderRunbook(plan: ServicePlan): GeneratedFile[] {
  const environments = plan.environments.filter(
    ({ runs, monitoring }) => runs === 'kubernetes' && monitoring.groups.length > 0,
  );
  const last = environments.at(-1);
  if (last === undefined) return [];
  const view = {
    service: plan.identity.name,
    owner: plan.identity.owner,
    environments: environments.map(({ name, cluster, namespace, monitoring }) => ({
      name,
      cluster: cluster ?? 'not declared',
      namespace,
      dashboardUrl: monitoring.dashboardUrl,
      dashboardCommand: monitoring.dashboardCommand,
    })),
    commandsOf: last.name,
    hasRecovery: environments.some(({ recovery }) => recovery !== null),
    recoveries: environments.flatMap(recoveriesOf),
    sections: sections(environments),
  };
  return [
    {
      at: 'service',
      path: 'docs/runbook.md',
      body: renderTemplate('runbook/runbook.md', view),
      comment: 'html',
      executable: false,
    },
  ];
}

const spelled = (seconds: number | null): string => {
  if (seconds === null) return 'nothing promised';
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
};

/** What is promised for a disaster, and how each resource keeps it. */
function recoveriesOf({ name, recovery, bindings }: EnvironmentPlan) {
  if (recovery === null) return [];
  return bindings
    .filter(({ recoveryMethod }) => recoveryMethod !== null)
    .map((binding) => ({
      environment: name,
      rpo: spelled(recovery.rpoSeconds),
      rto: spelled(recovery.rtoSeconds),
      resource: `${binding.key} (${binding.kind})`,
      method: binding.recoveryMethod ?? '',
      loss: spelled(binding.recoveryPointSeconds),
      restore: `${spelled(binding.restoreSeconds)} for ${binding.dataSizeGiB ?? 0} GiB`,
    }));
}

interface Section {
  readonly heading: string;
  readonly alert: string;
  readonly severity: string;
  readonly environments: string;
  readonly meaning: string;
  readonly diagnosis: readonly Step[];
  readonly mitigation: readonly Step[];
}

const alertsOf = (environment: EnvironmentPlan): AlertRulePlan[] =>
  environment.monitoring.groups.flatMap(({ alerts }) => alerts);

/** In the order of the rules. The text is that of the last environment that has the alert: production. */
function sections(environments: readonly EnvironmentPlan[]): Section[] {
  const anchors = [...new Set(environments.flatMap(alertsOf).map(({ runbookAnchor }) => runbookAnchor))];
  return anchors.flatMap((anchor) => {
    const having = environments.filter((environment) =>
      alertsOf(environment).some(({ runbookAnchor }) => runbookAnchor === anchor),
    );
    const rules = having
      .slice(-1)
      .flatMap(alertsOf)
      .filter(({ runbookAnchor }) => runbookAnchor === anchor);
    const [first] = rules;
    if (first === undefined) return [];
    return [
      {
        heading: headingOf(anchor),
        alert: first.alert,
        severity: first.severity,
        environments: having.map(({ name }) => name).join(', '),
        meaning: first.meaning,
        diagnosis: mergedSteps(rules.flatMap(({ diagnosis }) => diagnosis)),
        mitigation: mergedSteps(rules.flatMap(({ mitigation }) => mitigation)),
      },
    ];
  });
}
