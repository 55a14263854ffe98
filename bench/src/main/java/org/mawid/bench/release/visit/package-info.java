/**
 * What somebody wants: one person or a family with their services, and the legs of one coming, laid out from a start that was offered.
 * <p>Begin with {@link org.mawid.bench.release.visit.Applicant}.
 * <p>Thread: the one that decides; visits and starts are never changed. Not here: who draws them (see {@code crowd}), and whether the server has room, which only it knows.
 */
package org.mawid.bench.release.visit;
