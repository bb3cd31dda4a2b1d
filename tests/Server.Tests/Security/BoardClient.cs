using System.Net;
using System.Text.RegularExpressions;

namespace ProductionOffice.Server.Tests.Security;

/// <summary>A browser without script: keeps cookies, follows nothing, sends forms with the token of the page they stand on.</summary>
internal sealed partial class BoardClient : IDisposable
{
    private readonly HttpClient _http;

    public BoardClient(Uri address)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieContainer Cookies { get; }

    public Uri Address => _http.BaseAddress!;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Sends a form as the page at <paramref name="page"/> would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, params (string Name, string Value)[] fields)
    {
        using var shown = await GetAsync(page);
        var token = FormToken().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        token.ShouldNotBeEmpty(page);
        return await PostAsync(path, [("formToken", token), .. fields]);
    }

    /// <summary>Sends a form as it is.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public async Task TakeLinkAsync(string token)
    {
        using var answer = await PostAsync($"/sign-in/link/{token}", $"/sign-in/link/{token}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
