// The usual pair of proofs of an alert: one set of series in which it must fire, one in which it must not.
import type { ProofDraft } from './draft';
import type { Sample } from './samples';

export interface ProofPair {
  /** Completes "fires when …" and "stays quiet unless …". */
  readonly name: string;
  readonly minutes: number;
  readonly firing: readonly Sample[];
  readonly quiet: readonly Sample[];
  /** The value when it fires, as shown to a person. */
  readonly shown: string;
  /** Labels that the expression gives when it fires. */
  readonly labels: Readonly<Record<string, string>>;
}

export const bothWays = ({ name, minutes, firing, quiet, shown, labels }: ProofPair): ProofDraft[] => [
  { name: `fires when ${name}`, series: firing, afterMinutes: minutes, fires: { labels, shown } },
  { name: `stays quiet unless ${name}`, series: quiet, afterMinutes: minutes, fires: null },
];
