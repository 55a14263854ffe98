/**
 * What a stamp on paper costs: verifying its signature offline, finding its QR code in a picture, drawing its page.
 * <p>Door: {@link org.mawid.bench.stamp.VerifyBench}. One thread. Not here: stamps in the core.
 */
package org.mawid.bench.stamp;
