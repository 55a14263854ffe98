/**
 * What the core does, told in sentences that somebody from a consulate could check: {@code given}, {@code when}, {@code then}.
 * <p>Read {@link org.mawid.engine.story.Story} for the words. Not here: completeness (see {@code twin}).
 */
package org.mawid.engine.story;
