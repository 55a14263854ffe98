package org.mawid.engine.twin;

/** Which traffic the seeded tests run: enough by default, another with {@code -Dseed}, more with {@code -Dseeds} and {@code -Dcommands}. */
final class Seeds {
    static final boolean AS_IN_CI = System.getProperty("seed") == null && System.getProperty("seeds") == null
            && System.getProperty("commands") == null;
    static final long FIRST = Long.getLong("seed", 1);
    static final int COUNT = Integer.getInteger("seeds", System.getProperty("seed") == null ? 8 : 1);
    /** So many at most where everything that can happen has not happened by then. */
    static final int MOST = AS_IN_CI ? 20 : COUNT;
    static final int COMMANDS = Integer.getInteger("commands", 15_000);

    private Seeds() {
    }

    /** The line that runs one failing seed again. */
    static String again(final Class<?> test, final long seed) {
        return again(test, seed, COMMANDS);
    }

    /** As {@link #again(Class, long)}, for a test that runs another number of commands by default. */
    static String again(final Class<?> test, final long seed, final int commands) {
        return "mvn -pl engine -am test -Dtest=" + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed
                + " -Dcommands=" + commands;
    }
}
