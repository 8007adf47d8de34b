/// Why an exchange of SCRAM messages came to no good end.
package enum SCRAMError: Error, Hashable, Sendable {
    /// Not a message as RFC 5802 section 7 draws it, or one that asks for what is not there.
    case malformed
    /// The name or the password has characters that must not be in it.
    case unusableCharacters
    /// The other side did not go on from the nonce that it was sent.
    case wrongNonce
    /// Too few iterations for safety, or so many that computing them would be an attack.
    case iterationsOutOfRange
    /// The client does not know the password.
    case wrongProof
    /// The server does not know what it keeps of the password: it is not the one it claims to be.
    case wrongServerSignature
    /// The server says no, by a word of RFC 5802 section 7.
    case refused
}
