// Turns the alerts of a service into its runbook: one section for each alert.
import type { AlertRulePlan, EnvironmentPlan, RunbookStep, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
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

interface Block {
  readonly language: string;
  readonly code: string;
}

interface Step {
  readonly text: string;
  readonly blocks: readonly Block[];
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
        diagnosis: steps(rules.flatMap(({ diagnosis }) => diagnosis)),
        mitigation: steps(rules.flatMap(({ mitigation }) => mitigation)),
      },
    ];
  });
}

/** GitHub makes the anchor from the heading again: `Heap nearly full` → `heap-nearly-full`. */
const headingOf = (anchor: string): string => anchor.slice(0, 1).toUpperCase() + anchor.slice(1).replaceAll('-', ' ');

/** Workloads share a section: the same step is written once, with the command of each. */
function steps(all: readonly RunbookStep[]): Step[] {
  const texts = [...new Set(all.map(({ text }) => text))];
  return texts.map((text) => {
    const codes = all
      .filter((step) => step.text === text)
      .flatMap(({ code, language }) => (code === null || language === null ? [] : [{ code, language }]));
    return {
      text,
      blocks: codes.filter(({ code }, index) => codes.findIndex((other) => other.code === code) === index),
    };
  });
}
