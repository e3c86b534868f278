// Decides the platform's own rules in one environment, each with its proofs.
import { type AlertDraft, finishProofs, finishRule } from '../../../alerts/draft';
import type { RuleGroupPlan, RuleTestPlan } from '../../../types';
import type { BackingInstancePlan } from '../../../types/platform';
import { type ObservabilityScope, objectivesDashboard, resourceDashboard, ruleInput } from '../scope';
import { clusterAlerts } from './cluster';
import { gitopsAlerts } from './gitops';
import { recoveryAlerts } from './recovery';
import { resourceAlerts } from './resources';
import { watchingAlerts } from './watching';

export interface PlatformRules {
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
}

interface Drafted {
  readonly draft: AlertDraft;
  /** Name of the dashboard that it links to. */
  readonly dashboard: string;
}

interface Topic {
  readonly name: string;
  readonly why: string;
  readonly alerts: readonly Drafted[];
}

const all = (drafts: readonly AlertDraft[], dashboard: string): Drafted[] =>
  drafts.map((draft) => ({ draft, dashboard }));

export interface RulesInput {
  readonly scope: ObservabilityScope;
  readonly instances: readonly BackingInstancePlan[];
  /** Jobs that the platform scrapes beside services and resources. */
  readonly jobs: readonly string[];
  readonly hasGitops: boolean;
}

export function platformRules({ scope, instances, jobs, hasGitops }: RulesInput): PlatformRules {
  const inCluster = scope.runs === 'kubernetes';
  const topics: Topic[] = [
    {
      name: 'platform-watching',
      why: 'The watching itself: when it fails, everything else is silent.',
      alerts: all(watchingAlerts(scope, jobs), objectivesDashboard),
    },
    {
      name: 'platform-resources',
      why: 'Backing resources, once for the platform: alerts of their users are held back while one of these fires.',
      alerts: resourceAlerts(instances).flatMap(({ instance, drafts }) => all(drafts, resourceDashboard(instance))),
    },
    {
      name: 'platform-recovery',
      why: 'Backups that are there and can be restored: without them every other promise is one disk away from its end.',
      alerts: inCluster ? all(recoveryAlerts(scope, instances), objectivesDashboard) : [],
    },
    {
      name: 'platform-cluster',
      why: 'What all services of the cluster share.',
      alerts: inCluster ? all(clusterAlerts(scope), objectivesDashboard) : [],
    },
    {
      name: 'platform-gitops',
      why: 'What is in git and what runs are the same.',
      alerts: inCluster && hasGitops ? all(gitopsAlerts(scope), objectivesDashboard) : [],
    },
  ];
  const present = topics.filter(({ alerts }) => alerts.length > 0);
  return {
    groups: present.map(({ name, why, alerts }) => ({
      name,
      interval: '30s',
      recording: [],
      alerts: alerts.map(({ draft, dashboard }) => finishRule(ruleInput(scope, dashboard), draft)),
      why,
    })),
    tests: present.flatMap(({ alerts }) =>
      alerts.flatMap(({ draft, dashboard }) => finishProofs(ruleInput(scope, dashboard), draft)),
    ),
  };
}
