package org.mawid.api.gateway;

/** How often a secret code may be tried. Each try is taken before the code is compared and given back when it was right, so that only wrong ones count. Any thread. */
public interface SecretGuard {
    /** Any number of tries: of tools that nobody reaches from outside. */
    SecretGuard NONE = new SecretGuard() {
        @Override
        public boolean take(final long stamp, final String caller) {
            return true;
        }

        @Override
        public void giveBack(final long stamp, final String caller) {
            // none was taken
        }
    };

    /** @param stamp its number @param caller address as text, without port @return false: no code is to be compared now */
    boolean take(long stamp, String caller);

    /** The code was right. */
    void giveBack(long stamp, String caller);
}
