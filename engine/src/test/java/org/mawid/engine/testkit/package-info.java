/**
 * What tests of several rooms share: commands as records, their bytes, and what an engine answers, kept.
 * <p>Not here: opinions about what the answer should be (see {@code twin}).
 */
package org.mawid.engine.testkit;
