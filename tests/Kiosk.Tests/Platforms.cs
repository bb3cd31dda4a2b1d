// File modes, tmux and signals: these tests are for Unix.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
