/**
 * How long what is held of persons is kept: rules by kind, legal holds, and a sweep that deletes what is over.
 * <p>Door: {@link org.mawid.api.retention.Retention}. One thread of its own, at a low pace, or whoever asks for a sweep and may wait for hours; never two at once. Nothing is deleted of which it cannot be told whether
 * it is over. The log keeps what it has, and nothing of it changes. Not here: erasing a person ({@code person}), how long an upload may take ({@code document}).
 */
package org.mawid.api.retention;
