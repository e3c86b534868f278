// Names what tells nodes of spot capacity from the others.

/** Key of label and taint of the nodes; pods that may run there tolerate it. */
export const capacityKey = 'groundwork.daorsagro.com/capacity';
