/**
 * Between what the edges receive and what the ring takes: references, the table of results, and commands on their way in
 * and out. Doors: {@link org.mawid.api.gateway.References}, {@link org.mawid.api.gateway.ManyReferences} for those of a whole batch,
 * {@link org.mawid.api.gateway.ResultTable}, and {@link org.mawid.api.gateway.LocalAnswers}, which counts what never reaches
 * the core; for the codes and keys that stand beside references {@link org.mawid.api.gateway.ReferenceKeys},
 * {@link org.mawid.api.gateway.Crockford} and {@link org.mawid.api.gateway.SecretFile}; for what outlives the power
 * {@link org.mawid.api.gateway.DurableFile} and {@link org.mawid.api.gateway.DurableMaps}. Not here: gRPC calls, HTTP routes.
 */
package org.mawid.api.gateway;
