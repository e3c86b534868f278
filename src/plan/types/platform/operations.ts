// What people promise each other about incidents and updates: the numbers of the operational documents.

export interface OperationsPlan {
  /** From the page to somebody who says that they look. */
  readonly firstAnswerMinutes: number;
  /** Nobody said so: the owners of what the service needs are told, and then everybody. */
  readonly escalateMinutes: number;
  readonly everybodyMinutes: number;
  /** How often users are told while it lasts. */
  readonly statusMinutes: number;
  /** Working days until the review after an incident. */
  readonly reviewDays: number;
  /** Days until a known vulnerability with a fix is mended. */
  readonly criticalFixDays: number;
  readonly highFixDays: number;
  readonly why: string;
}
