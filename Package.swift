// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Every target is built with the same strict settings.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioTestUtils = Target.Dependency.product(name: "NIOTestUtils", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: fixtures, swiftSettings: settings)
}

let package = Package(
    name: "lotse",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The pure middle: no I/O, no clock.
        target("DialogEngine"),
        target("Wording", ["DialogEngine"]),
        target("Outcome", ["DialogEngine", "Wording"]),
        // Files into values.
        target("DialogFiles", ["DialogEngine", "Wording", crypto, yams]),
        // The shell and its ports.
        target("Facilitation", ["DialogEngine", "Wording", logging]),
        target("SQLiteStore", ["DialogEngine", "Facilitation", grdb, logging]),
        // What all that listen share: how many connections the process can have.
        target("Listening", [logging, nioCore]),
        target("IRCProtocol", [nioCore]),
        target(
            "IRCAdapter",
            [
                "DialogEngine", "Facilitation", "IRCProtocol", "Listening", crypto, logging, nioCore, nioPosix, nioSSL,
                nioTLS,
            ]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        target("ConsoleAdapter", ["DialogEngine", "Facilitation", "CEditLine", logging]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        target(
            "WebhookAdapter",
            [
                "DialogEngine", "Wording", "Facilitation", "Listening", "CCurl", crypto, httpTypes, hummingbird,
                logging,
                nioCore, nioPosix,
            ]),
        target("FacilitationTesting", ["DialogEngine", "Wording", "Facilitation"]),
        // Random numbers that follow from a seed.
        target("SeededRandom", []),
        // Servers on this machine that several tests talk to.
        target("LoopbackTesting", [nioCore, nioHTTP1, nioPosix, nioSSL]),
        .executableTarget(
            name: "lotse",
            dependencies: [
                "DialogEngine", "Wording", "DialogFiles", "Outcome", "Facilitation", "SQLiteStore", "IRCAdapter",
                "ConsoleAdapter", "WebhookAdapter", "Listening", argumentParser, lifecycle, unixSignals, logging,
                crypto, yams, nioCore, nioPosix,
            ],
            swiftSettings: settings),
        // What an answer costs: `swift run -c release benchmark`.
        .executableTarget(name: "BareBot", linkerSettings: [.linkedLibrary("sqlite3")]),
        .executableTarget(name: "BareHook", dependencies: ["CCurl"]),
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "BareBot", "BareHook", "lotse", "DialogEngine", "DialogFiles", "Facilitation",
                "FacilitationTesting", "SQLiteStore", "WebhookAdapter", "Wording", logging,
            ],
            path: "Sources/Benchmark", swiftSettings: settings),
        tests("DialogEngine", ["SeededRandom"]),
        tests("Wording", ["DialogEngine", "DialogFiles"]),
        tests("DialogFiles", ["DialogEngine", "Wording"]),
        tests("Outcome", ["DialogEngine", "Wording", "DialogFiles"], fixtures: ["Transcripts"]),
        tests(
            "Facilitation", ["DialogEngine", "Wording", "DialogFiles", "FacilitationTesting", "SeededRandom"],
            fixtures: ["Transcripts"]
        ),
        tests(
            "SQLiteStore", ["DialogEngine", "Facilitation", "FacilitationTesting", grdb, logging],
            fixtures: ["Fixtures"]
        ),
        tests("IRCProtocol", ["SeededRandom", nioCore, nioEmbedded, nioTestUtils, yams]),
        tests(
            "IRCAdapter",
            [
                "DialogEngine", "Facilitation", "IRCProtocol", "LoopbackTesting", "SeededRandom", logging, nioCore,
                nioPosix,
            ]),
        tests(
            "WebhookAdapter",
            [
                "DialogEngine", "Wording", "DialogFiles", "Facilitation", "FacilitationTesting", "SQLiteStore",
                "Listening", "LoopbackTesting", "SeededRandom", crypto, logging, nioCore, nioPosix,
            ]),
        tests(
            "lotse",
            [
                "DialogEngine", "Wording", "DialogFiles", "Outcome", "Facilitation", "SQLiteStore", "WebhookAdapter",
                "LoopbackTesting", "SeededRandom", grdb, nioCore, nioPosix,
            ]),
    ]
)

// `Tests/Fuzzing/run` wants these; nobody else builds them.
if ProcessInfo.processInfo.environment["LOTSE_FUZZING"] != nil {
    func fuzzer(_ name: String, _ folder: String, _ dependencies: [Target.Dependency]) -> Target {
        .executableTarget(
            name: "\(name)-fuzzer", dependencies: dependencies, path: "Tests/Fuzzing/\(folder)",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
    }
    package.targets += [
        fuzzer("codec", "Codec", ["IRCProtocol", nioCore]),
        fuzzer("requests", "Requests", ["DialogEngine", "Facilitation", "WebhookAdapter", crypto]),
        fuzzer("lines", "Lines", ["DialogEngine", "DialogFiles", "Wording"]),
    ]
}
