package org.mawid.engine.core;

/** Receives who is named by an application. */
@FunctionalInterface
public interface Named {
    /** @param personKey who submitted it, or is served by a line; 0 = nobody; may come more than once */
    void onNamed(long applicationId, long personKey);
}
