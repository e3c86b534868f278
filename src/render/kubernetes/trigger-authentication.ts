// Turns the credentials of a consumer-lag signal into what KEDA needs to ask the brokers: a Secret of its own, and a reference to it.
import type { ScaleSignal, WorkloadPlan } from '../../plan/types';
import { secretTemplate } from '../shared/kubernetes/secret-template';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

type LagSignal = Extract<ScaleSignal, { kind: 'kafka-lag' }>;

/** Name of the TriggerAuthentication, its ExternalSecret and its Secret. */
export const triggerAuthenticationName = (workload: WorkloadPlan): string => `${workload.name}-scaler`;

/** Apart from the service's own Secret: KEDA reads it, the pods do not. */
export function triggerAuthentication(
  scope: Scope,
  workload: WorkloadPlan,
  { authentication, authority }: LagSignal,
  file: string,
): Manifest[] {
  if (authentication === null) return [];
  const name = triggerAuthenticationName(workload);
  const { kind, name: store, refreshInterval } = scope.environment.secretStore;
  return [
    manifest(file, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: metadata(scope, { name, component: workload.component, phase: 'configure' }),
      spec: {
        secretStoreRef: { kind, name: store },
        refreshPolicy: 'Periodic',
        refreshInterval,
        target: {
          name,
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            data: {
              username: secretTemplate([{ kind: 'literal', text: authentication.username }], () => ''),
              password: '{{ .password }}',
            },
          },
        },
        data: [
          {
            secretKey: 'password',
            remoteRef: {
              key: authentication.remoteKey,
              property: authentication.remoteProperty,
              conversionStrategy: 'Default',
              decodingStrategy: 'None',
              metadataPolicy: 'None',
            },
          },
        ],
      },
    }),
    manifest(
      file,
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'TriggerAuthentication',
        metadata: metadata(scope, { name, component: workload.component, phase: 'run' }),
        spec: {
          secretTargetRef: [
            ...['username', 'password'].map((parameter) => ({ parameter, name, key: parameter })),
            ...(authority === null ? [] : [{ parameter: 'ca', name: authority, key: 'ca.crt' }]),
          ],
        },
      },
      { spec: 'KEDA asks the brokers with the user of the service.' },
    ),
  ];
}
