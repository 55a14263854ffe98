package org.mawid.api.gateway;

/**
 * The heap is over, and somebody met it outside of the pipeline. The libraries of the edges catch everything and go on, with answers
 * lost on the way; so whoever runs our code on their threads tells it to the thread's handler, as if nobody had caught it, and the
 * process ends there (see {@link #endsTheProcess}). Memory outside of the heap is another matter: strangers can use it up for a
 * moment, and the connection that wanted it is closed.
 */
public final class OutOfMemory {
    private static final String LINE = "halted: out of memory; give the process more (-Xmx and -XX:MaxDirectMemorySize;"
            + " MAWID_HEAP and MAWID_STATE of the launcher), then start it again";

    private OutOfMemory() {
    }

    /** Before anything else is started: from now on a heap that is over ends the process, without another promise and in one line. */
    public static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            if (isOfHeap(cause)) {
                try {
                    System.err.println(LINE);
                } finally {
                    Runtime.getRuntime().halt(1); // the line may fail as well
                }
            }
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            cause.printStackTrace();
        });
    }

    /** Any thread, with what was caught. Then throw it again. */
    public static void tell(final OutOfMemoryError caught) {
        if (isOfHeap(caught)) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, caught);
        }
    }

    /** Not what buffers outside of the heap say, nor too many threads. */
    private static boolean isOfHeap(final Throwable cause) {
        return cause instanceof OutOfMemoryError && cause.getMessage() != null
                && (cause.getMessage().startsWith("Java heap space") || cause.getMessage().startsWith("GC overhead"));
    }
}
