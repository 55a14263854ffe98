/**
 * The jar as it is shipped, in a process of its own: killed, stopped, frozen, starved and lied to. Run by {@code mvn verify} after the
 * jar has been made; {@link org.mawid.api.jar.Server} is the door. Data lies under {@code target}, on a disk that can be synced.
 * <p>One class again: {@code mvn -pl api -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=CrashIT}.
 */
package org.mawid.api.jar;
