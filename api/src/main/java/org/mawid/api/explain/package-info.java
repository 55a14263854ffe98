/**
 * Why somebody did not get a time: the rule that stood in the way, what was kept from the public and for whom, and who was first, as positions of the log. Told from the
 * events that are kept, without a person, an application or an appointment in it.
 * <p>Door: {@link org.mawid.api.explain.Explainer}. Thread: one that may wait for a disk. Not here: what is refused and why at that moment, which is the
 * core's, and the words of each refusal (see {@code gateway.ResultTable}).
 */
package org.mawid.api.explain;
