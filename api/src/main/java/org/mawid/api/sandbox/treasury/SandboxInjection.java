package org.mawid.api.sandbox.treasury;

/** A fault that has happened. @param reference of the payment, refund or batch it happened to; empty when to none */
public record SandboxInjection(SandboxFault fault, String reference) {
}
