"""The tables of rules for lines that are no part of a report.

All but the regular expressions on bylines, agencies and glued credits are written for lines that
:func:`~claimtrack.reading.page_lines.fold` has made lower case and plain, and hold for a whole line.
"""

from __future__ import annotations

import re

from claimtrack.reading.dates import AGENCIES

__all__ = [
    "AGENCY_SLASH_END",
    "BARE_AGENCY_END",
    "BYLINE",
    "BYLINE_LINKS",
    "CALENDAR",
    "CAPTIONS",
    "CLOSING",
    "COUNTED",
    "CREDITS",
    "CREDIT_OF_NAMES",
    "HOME_PATH",
    "LABELS",
    "LONGEST_CAPTION",
    "NAV_LINE",
    "PATH_MARK",
    "RESIDUE",
]

# --- navigation -----------------------------------------------------------------------------------------------------

_NAVIGATION = (
    "home|homepage|home page|main page|front page|main|menu|main menu|search|search this site|search the site|search for|"
    "close|cancel|submit|send|go|ok|next|previous|prev|back|back to top|top|more|more news|more stories|more articles|"
    "skip to (?:main )?content|skip to (?:main )?navigation|skip navigation|skip to footer|toggle navigation|open menu|close menu|"
    "log ?in|sign ?in|log ?out|sign ?out|register|sign ?up|subscribe|subscribe now|my account|account|contact|contact us|"
    "about|about us|who we are|our team|careers|jobs|advertise|advertise with us|donate|donate now|support us|help|faq|"
    "news|world|world news|politics|business|economy|sports?|opinions?|culture|science|technology|tech|health|entertainment|"
    "lifestyle|travel|weather|local|national|international|middle east|africa|asia|europe|americas|us|uk|u\\.s\\.|education|"
    "arts|environment|features?|interviews?|analysis|editorials?|columns?|blogs?|reports?|statements?|press releases?|"
    "videos?|photos?|pictures|images?|gallery|galleries|photo gallery|podcasts?|audio|live|live updates?|multimedia|infographics?|"
    "latest|latest news|breaking|breaking news|top stories|top news|headlines|trending|trending now|popular|most popular|most read|"
    "most viewed|most shared|most commented|editor'?s'? picks?|editor'?s'? choice|recommended|recommended for you|recommended stories|"
    "for you|related|see also|also see|you may also like|you might also like|you may like|also read|read also|must read|more from us|more like this|"
    "what to read next|read next|up next|read more|read more\\.\\.\\.|read on|read full story|continue reading|load more|show more|"
    "see more|view more|view all|see all|show all|learn more|find out more|click here|watch|watch live|listen|play|pause|mute|"
    "share|share this|tweet|tweet this|like|like this|pin it|pin|post|print|print this|e-?mail|email this|save|bookmark|copy link|"
    "copy|link|comments?|comment here|reply|replies|report abuse|flag|facebook|twitter|x|instagram|telegram|whatsapp|youtube|"
    "linkedin|pinterest|reddit|tumblr|messenger|viber|google\\+?|rss|rss feed|feed|newsletters?|follow|follow us|connect|"
    "advertisements?|advert|ads?|sponsored|sponsored content|promoted|promoted content|paid content|partner content|ad choices|"
    "adchoices|privacy|privacy policy|terms|terms of (?:use|service)|terms and conditions|terms & conditions|cookies?|cookie policy|"
    "cookie settings|legal|imprint|disclaimer|accessibility|sitemap|site map|archives?|tags?|categories|category|topics?|sections?|"
    "keywords?|language|english|arabic|french|german|spanish|russian|turkish|kurdish|font size|text size|dark mode|loading|"
    "please wait|enlarge|expand|collapse|share via|share on|share with|share article|share this (?:article|story|post|page)|"
    "leave a (?:reply|comment)|add (?:a )?comments?|post (?:a )?comments?|write a comment|view comments|show comments|hide comments|"
    "captcha|recaptcha|name|e-?mail address|website|url|your (?:name|e-?mail|comment|message)|message|subject|required|"
    "first name|last name|rate this|rate this (?:article|story)|view (?:in|as) (?:pdf|browser)|pdf|download pdf|download|via|source|sources|"
    "author|by|and|or|follow on|by admin|admin|staff|newsroom|by staff|exclusive|full text|abstract"
)
NAV_LINE = (rf"(?:(?:{_NAVIGATION})(?:[\s|/>·•,:*_.-]+|$))+",)
HOME_PATH = re.compile(
    r"(?:you are here:? ?)?(?:home|homepage|main page|front page|start page|start)\s*(?:>|\"|/|\||::|-|→|\\)\s*\S.*|.+ > .+ > .+"
)
PATH_MARK = re.compile(r"^(?:you are here\b|(?:home|homepage|home page|main page|front page)\s)")

# --- whole lines, in the folded form ----------------------------------------------------------------------------------

_SITES = (
    r"(?:twitter|x|facebook|instagram|telegram|youtube|whatsapp|linkedin|tiktok|reddit|pinterest|threads|bluesky|mastodon|"
    r"google\+|google news|social media|messenger|viber|snapchat|flipboard|apple news|e-?mail|weibo|vk|tumblr)"
)
_LETTERS = r"(?:newsletters?|mailing list|e-?mail (?:list|alerts?|updates?|digest)|news alerts?|inbox|daily digest|weekly digest|briefings?|push notifications?)"
_PIECE = r"(?:article|piece|story|report|text|post|interview|op-ed|column|essay|content|translation|material|item|commentary|dispatch)"
_COUNTED_TEXT = """
raised donated pledged funded goal of to go left target donors donor donations supporters backers share shares view
views comment comments like likes read reads tweet tweets retweets replies reply responses response votes vote
followers subscribers points min mins minute minutes sec seconds k m bn usd eur gbp us total so far listen video
photos photo images image words page pages print plays downloads rating stars star reactions
"""
COUNTED = frozenset(_COUNTED_TEXT.split())
_NUMBERS = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|\d{1,3})"
)

RESIDUE = (
    # forms for comments, mail and log-in
    rf"(?:what is |solve:? |please (?:solve|answer):? )?(?:{_NUMBERS}\s*)?[-+x×*/÷]\s*(?:{_NUMBERS})?\s*(?:=\s*(?:{_NUMBERS}|\?|_+)?|\?)",
    rf"{_NUMBERS}\s*[-+x×*/÷]\s*=\s*{_NUMBERS}",
    r"(?:your |the |an? )?e-?mail(?: address(?:es)?)?\b.{0,40}\b(?:not|never|won't)\b.{0,20}\b(?:published|shared|displayed|shown|public|visible|sold|disclosed)\b.{0,160}|your e-?mail\b.{0,60}\b(?:private|confidential|safe|secure)\b.{0,80}",
    r"we (?:will |do |shall )?(?:never|not|won't|don't) (?:publish|share|show|display|sell|disclose|give out) (?:your |the )?e-?mail\b.*",
    r".{0,120}\b(?:required|mandatory) fields?\b.{0,120}|.{0,60}\bfields? (?:are )?(?:marked|with|followed by)(?: (?:with|by|an?|the))* (?:\*|asterisk|star).{0,80}",
    r"(?:name|e-?mail|website|comment|message|url|subject|phone|your \w+|e-?mail address)\s*(?:\*|\(required\)|\(optional\)|:)*",
    r"save my (?:name|details|information)\b.*",
    r"notify me (?:of|by|when|via|about)\b.*",
    r"you must be logged in\b.*|you must (?:log in|sign in|register)\b.*|log in to (?:reply|comment|leave|post)\b.*|please (?:log in|sign in|register|enter|complete|fill in)\b.*",
    r"already (?:a |an )?(?:member|subscriber|registered|have an account)\b.*|forgot (?:your )?password\b.*|create (?:an|your) (?:free )?account\b.*|enter your (?:e-?mail|name|comment)\b.*|type your\b.*",
    r"(?:leave|post|add|write|submit|make) (?:a |an |your )?(?:reply|comment|response|feedback|remark|message)s?(?: (?:here|below|now|to|on|via|cancel).*)?",
    r"(?:\d+|no|one|view|show|hide|read|see|all|load)(?: all)?(?: \d+)? (?:comments?|responses?|replies|thoughts?)(?: (?:on|to|yet|so far|have been)\b.*)?",
    r"comments?(?: \(\d+\)|: ?\d+| are (?:now )?(?:closed|disabled|off)\b.*| (?:policy|guidelines|rules)\b.*| section)",
    r"(?:cancel reply|be the first to (?:comment|reply|like)\b.*|(?:join|start) the (?:conversation|discussion|debate)\b.*|have your say\b.*|what do you think\?.*|tell us what you think\b.*|share your (?:thoughts|views|opinion|story)\b.*|let us know\b.*)",
    r"(?:this site (?:uses|is protected by)|protected by) (?:akismet|recaptcha)\b.*|learn how your comment\b.*|you are here\s*[:>-].{0,160}|i'?m not a robot|i am (?:not a robot|human)|(?:enter|type) the (?:code|characters|text|letters)\b.*|(?:please )?(?:prove|confirm|verify) (?:that )?you(?: are|'re) (?:a )?human\b.*",
    # sharing and following
    rf"(?:share|tweet|pin|post|send|print|email|e-mail|save|forward|recommend)(?: (?:this|the|it|that|via|with|to|on|by|in|an?|your|friends?|link|{_PIECE}|page|{_SITES}|friends|and|or|,|now|:))+[.!:]?",
    rf"(?:click|tap) to (?:share|email|print|tweet|copy)\b.*|(?:share|shares)(?: {_SITES},?)+|share:.*",
    rf"\"?(?:please )?(?:follow|like|find|join|friend|connect with|add|watch|visit|check out|contact|reach|message|meet) (?:us|our|me|@|the \w+ (?:on|at)|her|him|them|[\w.' -]{{2,60}}?)(?: [\w'.,-]+){{0,6}}? ?(?:on|via|at|through|@) ?{_SITES}\b.{{0,80}}",
    rf"\"?(?:please )?(?:follow|like|join) our (?:[\w'-]+ ){{0,3}}(?:{_SITES}|page|account|channel|group|feed|community)s?\b.{{0,80}}",
    r"(?:please )?(?:follow|like|find|support) us\b(?! in\b).{0,60}|(?:please )?join us (?:on|at|via|today|now|here|for)\b.{0,60}|(?:don't|never) miss\b.{0,60}\b(?:stor(?:y|ies)|updates?|newsletters?|subscri\w+|alerts?|beat|episode)\b.{0,60}|stay (?:connected|tuned|informed|up to date|updated|in touch|in the know)\b.{0,60}|keep up (?:to date )?with (?:us|our|the latest|all the)\b.{0,60}|get in touch\b.{0,60}",
    r"\"?for (?:the latest|all the latest|more|more news|more information|breaking|daily|regular|up-to-date|live|further|the most)\b.{0,60}\b(?:follow|like us|visit|join us|join our|subscribe|download|check (?:out|our)|go to|sign up|click|see our|contact|tune|read our)\b.{0,80}",
    rf"(?:get|receive|have|want|looking for|like|love|enjoy) .{{0,60}}\b(?:{_LETTERS}|(?:in|to|on) your (?:inbox|e-?mail|phone|mailbox))\b.{{0,80}}",
    rf"(?:sign|signing) up\b.{{0,50}}\b(?:{_LETTERS}|e-?mails?|alerts?|updates?|free|account|today|now|here|for our|to our|to receive|to get)\b.{{0,80}}",
    rf"(?:please )?join\b.{{0,60}}\b(?:{_LETTERS}|our (?:[\w-]+ )?(?:community|channel|group|mailing|team|list|page)|channel|podcast|{_SITES})\b.{{0,80}}|(?:please )?register (?:now|here|today|for free|with us|to (?:read|comment|continue|receive))\b.{{0,80}}|(?:please )?(?:subscribe|enter|opt in|signup|sign-up)\b.{{0,60}}\b(?:{_LETTERS}|our|us|e-?mail|channel|podcast|today|now|here|for free|unlimited access|{_SITES})\b.{{0,80}}",
    rf"(?:our|the|daily|weekly|free|morning|evening)?(?: [\w'-]+){{0,3}} ?{_LETTERS}(?: (?:sign-?up|form|subscription|archive))?",
    r"download (?:our|the) .{0,40}\bapps?\b.{0,60}|get (?:our|the) .{0,40}\bapp\b.{0,60}|(?:available|now) on (?:the )?(?:app store|google play)\b.{0,60}",
    r"(?:got|have|do you have|know) (?:a |any |some )?(?:news |story |confidential )?(?:tips?|story idea|information|correction)\b.{0,80}|(?:send|submit) (?:us )?(?:your )?(?:a )?(?:tips?|news tips?|comments?|feedback|letters|questions)\b.{0,80}|report (?:a|an) (?:typo|error|mistake|correction|problem)\b.{0,60}|(?:spotted|found|see|notice) (?:a|an) (?:typo|error|mistake)\b.{0,80}",
    # appeals for money
    r".{0,80}\b(?:consider|think about|thinking about|thank you for|thanks for) (?:making (?:a|your)|donating|supporting|helping|contributing|becoming|joining|subscribing|a donation|a contribution|giving)\b.{0,100}",
    r"(?:please |kindly )?help us(?:[.!]?| (?:grow|keep (?:going|doing|bringing|on)|continue|improve|spread|stay|remain|fund|cover|report|publish|out)\b.{0,80})",
    r"(?:please |kindly )?(?:donate|support|help|fund|back) (?:our (?:team|readers)|our (?:work|journalism|site|website|project|reporting|newsroom|mission|team|cause|independent)|independent (?:journalism|media|news|reporting)|quality journalism|this (?:site|website|project)).{0,100}|(?:please )?donate\b(?: (?:today|now|here|via|with|through|online|to|by|any|what|\$|€|£|a)\b.{0,100}|[.!]?)",
    r"(?:was|is) (?:this|the) (?:article|page|story|information|content|site|text) (?:\w+ )?(?:helpful|useful|interesting|informative)\b.{0,60}|did (?:this|our|the) (?:article|page|story|text|piece|site) (?:help|inform|interest)\b.{0,120}|(?:liked|enjoyed|enjoying|like|love|loved) (?:this|our|what|the) .{0,50}\?.{0,120}|.{0,80}\b(?:tell us|let us know|join in|sound off|share your \w+|leave yours?|weigh in) (?:what you think )?(?:in the comments?|below|in the comment section)\b.{0,60}",
    r"(?:do|did) you (?:like|enjoy|love|find|value|appreciate) .{0,40}\b(?:content|articles?|stories|story|piece|post|site|page|journalism|useful|helpful|interesting|read|reading)\b.{0,60}(?:\?|!).{0,100}",
    r"(?:if you (?:like|liked|enjoy|enjoyed|love|value|appreciate|find|found|want|would like|have|are|can|spot|see)\b).{0,100}\b(?:donat\w+|support (?:us|our)|subscrib\w+|contribut(?:e|ing|ion)|share (?:it|this)|sign up|newsletter|become a|consider|please|click|contact us|patreon|paypal|follow us)\b.{0,120}",
    r"(?:become|be) (?:a |an |our )?(?:\w+ )?(?:member|patron|supporter|subscriber|donor|sponsor|backer|friend of)\b.{0,80}|make (?:a|your) (?:\w+[ -])?(?:donation|contribution|gift)\b.{0,80}|buy (?:us|me) a (?:coffee|beer)\b.{0,60}|(?:your|every) (?:donations?|contributions?|support|gift|help|dollar)\b.{0,50}\b(?:us|our|counts|matters?|helps?|makes? (?:a|all the) difference|keeps?|tax[- ]deductible|appreciated|welcome)\b.{0,80}",
    r"(?:donate|support us|contribute)\b.{0,20}\b(?:paypal|patreon|bitcoin|credit card|bank|crypto|here|now|today)\b.{0,60}|(?:paypal|patreon|bitcoin|iban)\s*[:-].{0,80}|(?:we|our (?:site|work|team|newsroom|journalism)) (?:rely|relies|depend|depends|need|needs|are funded|is funded|survive) .{0,40}\b(?:readers?|donations?|your (?:support|help|donations?|contributions?)|supporters|people like you)\b.{0,100}",
    # more to read
    r"(?:read(?: more| also| next| on| this| here)?|also read|see also|also see|see more|more(?: on (?:this|that)(?: story| topic)?)?|related(?: \w+){0,2}|watch(?: (?:live|also|now|more|the video|video|below|this))?|listen(?: to| now)?|continue reading|must[- ]read|don't miss|recommended|you (?:may|might) (?:also )?(?:like|be interested in)|in case you missed it|icymi|trending|up next|next (?:story|article|post)|previous (?:story|article|post)|next|previous|further reading|see|visit|click here|more information|for more information|more info|full (?:story|article|report|text|interview)|original (?:article|link|story|source|text|post)|link|links|live)\s*(?::|>+|->|\"|\||→).{0,160}",
    r"(?:read|see|view|watch|find|get|access|check out|download) (?:the |our |this |his |her |their |more |all )*(?:rest|full|original|complete|entire|whole|more|coverage|here|latest|transcript|report|story|article|video)\b(?: [\w'.,-]+){0,8}?(?: (?:here|below|online|in pdf)|(?: (?:at|on|in|from|via|by clicking|about) .{1,60}))?[.:!]*",
    r"(?:related|other|more|similar|recent|latest|popular|top|recommended|further|additional|suggested|featured|connected|associated|previous|next|all|our|must-read|trending)\s+(?:items?|articles?|posts?|stories|story|news|topics?|contents?|coverage|links?|reading|videos?|reports?|headlines|pages?|materials?|publications?|entries)(?: (?:from|on|about|in|by)\b.{0,40})?:?",
    r"(?:click|tap|scroll|swipe|press|hover)(?: (?:here|on|to|down|through|the|this|link|photo|image|below|above|for))+\b.{0,80}",
    r"(?:the )?(?:story|article|post|text|report|page|content|video) (?:continues|resumes|continued)(?: (?:below|after|on|following|reading))?\b.{0,40}|continues? (?:below|reading|on (?:the )?next page|after (?:the )?(?:ad|advertisement|video))\b.{0,40}|(?:advertisement|ad)\b.{0,3}(?:continue reading|scroll|story|skip|close|feedback|below|\d+)?.{0,40}|scroll to continue\b.{0,40}",
    r"(?:sponsored|promoted|paid|presented|brought to you|powered|supported|in partnership)(?: (?:post|content|by|with|for|links?|story))+\b.{0,50}",
    # words about the page's rights, cookies, views
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4}|by\b)|copyrighted?\W*$|\d{4} ?©).{0,300}",
    r".{0,160}\ball rights (?:are )?reserved\b.{0,160}",
    r"(?:no part of )?(?:this|the|our|all|any|these) (?:\w+ ){0,3}?(?:materials?|contents?|articles?|stor(?:y|ies)|site|website|page|texts?|works?|reports?|publications?|information|photos?|images|part)\b.{0,60}\b(?:may|must|can|should) ?(?:not|only)? be (?:published|reproduced|copied|re-?published|redistributed|reprinted|duplicated|quoted|re-?broadcast|transmitted|used)\b.{0,120}\b(?:broadcast|rewritten|redistributed|permission|consent|attribut\w+|credit\w*|link|commercial)\b.{0,200}",
    r"(?:reproduction|republication|re-?publishing|redistribution|copying|unauthori[sz]ed use|use of (?:this|our|the) (?:material|content|site))\b.{0,120}\b(?:prohibited|forbidden|permission|permitted|allowed|consent|license|terms)\b.{0,120}",
    r"(?:we|this (?:web)?site|our (?:web)?sites?|the (?:web)?site|[\w. ]{2,40}) uses? (?:\w+ ){0,3}cookies\b.{0,300}|(?:by|if you) (?:continu\w+|click\w+|us\w+|brows\w+|accept\w+|sign\w+ up|subscrib\w+|submit\w+|visit\w+|register\w+)\b.{0,120}\b(?:you|i)\b.{0,60}\b(?:agree|consent|accept)\b.{0,200}|(?:accept|reject|allow|manage|decline) (?:all |non-essential |my |the )?(?:cookies|preferences|settings|choices)\b.{0,40}|cookies? (?:policy|settings|notice|preferences|consent)\b.{0,100}|this (?:site|form|page) is protected by\b.{0,100}|(?:i|you) (?:have read|agree|accept|consent|understand)\b.{0,60}\b(?:terms|privacy|cookies?|policy)\b.{0,100}",
    r"(?:the |all |any )?(?:views?|opinions?|ideas|positions?|statements|thoughts)\b.{0,80}\b(?:expressed|set out|set forth|given|presented|stated|contained|published|voiced|in this|here|herein)\b.{0,200}\b(?:(?:authors?|writers?|contributors?|columnists?)'?s?'?\b|(?:not|n't) necessarily\b).{0,200}",
    r"(?:(?:the|these|any|all|its|this) )?(?:views?|opinions?|ideas|articles?|piece|contents?|information|materials?|columns?|op-eds?|posts?)\b.{0,120}\b(?:do|does|did|may|should|must|need)(?: not|n't)(?: necessarily)? (?:reflect|represent|express|imply|constitute|be (?:taken|understood|construed))\b.{0,80}\b(?:views?|opinions?|editorial|position|policy|stance|endorse\w*|official|those of|advice)\b.{0,200}|.{0,160}\b(?:not necessarily|necessarily) (?:reflect|represent|express|share|those of)\b.{0,60}\b(?:views?|opinions?|editorial|position|policy|stance|newspaper|publisher|website|site|editors?)\b.{0,160}",
    rf".{{0,40}}\bresponsib(?:le|ility)\b.{{0,60}}\b(?:information|views?|contents?|opinions?|facts?|accuracy)\b.{{0,120}}\b(?:authors?|writers?|contributors?|this {_PIECE}|external (?:sites?|links?|websites?))\b.{{0,120}}|.{{0,100}}\b(?:this {_PIECE}|here|herein)\b.{{0,40}}\bresponsib(?:le|ility)\b.{{0,30}}\b(?:authors?|writers?|contributors?)\b.{{0,120}}|we (?:are|accept|take|assume) (?:not|no) responsib.{{0,200}}",
    rf"(?:its|the|their|this {_PIECE}'s) (?:authors?|writers?|contributors?)\b.{{0,40}}\b(?:alone|solely|only|entirely|own|exclusively|fully)?\b.{{0,30}}\b(?:answers?|responsible|responsibility|liable|accountable)\b.{{0,200}}",
    r"(?:editor'?s'? note|author'?s note|publisher'?s note|note (?:to|from) (?:the )?(?:readers?|editors?)|corrections?|clarifications?|disclaimers?|about (?:the )?authors?|disclosure|editorial note)\s*(?:\(.{0,40}\)\s*)?[:-].{0,600}|corrections? appended\.?",
    rf"an earlier version of (?:this|the) {_PIECE}\b.{{0,400}}|(?:this|the) {_PIECE} (?:has been|was) (?:updated|corrected|amended|changed|clarified|revised|edited to)\b.{{0,300}}",
    # lists of words
    r"(?:tags?|tagged(?: with| as| in)?|key ?words?|topics?|categor(?:y|ies)|filed (?:under|in)|posted (?:in|under)|labels?|more on|in this (?:article|story|report|section)|hashtags?|sections?|related topics|subjects?|themes?|people|places|countries|regions?)\s*(?::|\|).{0,300}",
    r"(?:tagged|filed under|posted in|published in|categori[sz]ed (?:as|in|under)) .{0,120}",
    r"(?:helpful|useful|related|popular|important|relevant|search|main|suggested|top|hot|additional|trending|handy|some)\s+(?:key ?words?|tags?|topics?|terms|words|searches|hashtags)(?: .{0,40})?:?",
    r"(?:#\w+[\s,]*)+|(?:@\w+[\s,.]*)+|(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\[\.\.\.\]|\(\.\.\.\)",
    r"(?:media|please|mobile|print|desktop|live|video|audio|photo|your browser) ?(?:files?|player|version|view|blog|playback|gallery|slideshow|enable javascript|does not support)\b.{0,80}|enable javascript\b.{0,80}|(?:unable to|cannot|can't|failed to) (?:load|play|display) (?:the |this )?(?:video|audio|content|page|media)\b.{0,60}|(?:page|slide|photo|image|part) \d+(?: of \d+)?|\d+ ?(?:of|/) ?\d+|prev(?:ious)? (?:\d+ )*next|more results",
    r"(?:this|the) (?:story|article|content|feature) is (?:for|available to|exclusive to|reserved for) (?:subscribers|members|premium)\b.{0,80}|(?:subscribe|subscription|unlock|premium|members?|subscribers?)[ -](?:only|content|exclusive|to (?:continue|read|unlock|access|keep))\b.{0,80}|(?:you have|you've) (?:read|reached|used|viewed|\d+)\b.{0,40}\b(?:free )?(?:articles?|limit|stories)\b.{0,80}|(?:start|try) your (?:free )?(?:trial|subscription)\b.{0,60}",
)

LABELS = (
    r"more (?:from|by|on|about|in|stories|news|like)\b.{0,50}",
    r"(?:the )?latest (?:from|in|on|stories|updates|news)\b.{0,40}",
    r"(?:also|elsewhere) (?:in|on|from) (?:the news|this (?:site|section|series)|our)\b.{0,40}",
    r"(?:read|see|watch|listen|share|follow|post|comment|subscribe|download|print)\b.{0,24}",
)
"""Beginnings that prose has too: these hold only for a line that does not end as a sentence."""

CREDITS = (
    r"(?:original(?:ly)? |primary |main )?(?:sources?|authors?|reporters?|writers?|by ?lines?|translators?|editors?|correspondents?|journalists?|via|credits?|agency|agencies|origin|publisher|publication)\s*(?::|\|).{1,160}",
    r"(?:with |from |by )?(?:additional )?(?:agency inputs|wire reports?|news wires|news agencies|agencies)\.?|(?:staff|agency|wire) (?:reports?|writers?|and agencies|and wire reports)|news desk|web desk|staff",
    rf".{{2,160}}\bcontributed (?:reporting )?to this {_PIECE}\b.{{0,80}}|.{{2,160}}\bcontributed reporting\b.{{0,60}}",
    r"the original (?:was|is|has been) translated\b.{0,120}",
    r"(?:this|the original|the above) (?:\w+ )?(?:article|piece|story|post|op-ed|column|essay|commentary|translation)(?: (?:by|from|on|in|about) .{1,80}?)? (?:was|has been|is|first|originally|appeared|ran|comes)\b.{0,60}\b(?:translated|edited|re-?published|published|reprinted|reproduced|adapted|produced|syndicated|cross-?posted|excerpted|courtesy|written for|provided by|appeared|ran|posted)\b.{0,300}",
    rf"(?:this|the original|the above) {_PIECE} (?:was|has been|is|were|first|originally)\b.{{0,60}}\b(?:translated|(?:first|originally) (?:published|posted|printed|aired|written|appeared)|re-?published|reprinted|adapted|syndicated|cross-?posted|excerpted)\b.{{0,300}}",
    rf"(?:this|the) {_PIECE} (?:first|originally) (?:appeared|ran|published)\b.{{0,160}}|(?:originally|first) (?:published|appeared|posted|printed|written|aired)\b.{{0,70}}|re-?published (?:from|with|by|courtesy)\b.{{0,120}}|reprinted (?:from|with|by)\b.{{0,120}}",
    rf".{{2,80}}\b(?:was|is|were|are) (?:the |its )?(?:translators?|editors?|publishers?)(?: and (?:the )?(?:translators?|editors?|publishers?))? of (?:the |this )?(?:original )?{_PIECE}\b.{{0,200}}",
    r"(?:.{0,60}[.;,!?] |you can )?(?:follow|contact|reach|write to|e-?mail|tweet)\b.{0,60}(?<!\w)@\w.{0,120}|.{2,120}\b(?:can be (?:reached|contacted) (?:at|via|on)\b.{0,60}(?:@|\d{3})|tweets (?:at|@)|is on twitter|on twitter at|twitter: ?@\w+).{0,120}",
)
CREDIT_OF_NAMES = re.compile(
    r"""[(\[]?(?:(?:original|additional|further|extra|field|local|with|photo|video)\s)*
    (?P<role>reporting|report|reported|writing|written|research|researched|compiled|compilation|editing|edited|translation|translated|
    produced|production|graphics?|text|story|words?|interview|photography|photo|photos|photograph|photographs|pictures?|images?|script|
    adapted|adaptation|posted|published|submitted|contributed|prepared|reviewed|fact-checked|authored|files|inputs?|reports|contributions?)
    (?:\sand\s(?:additional\s)?(?:editing|writing|reporting|translation|translated|edited|photographs|photos|written))?\s
    (?:by|from)\s?(?P<colon>:)?\s?(?P<names>.{1,240}?)[)\]]?\.?""",
    re.VERBOSE | re.IGNORECASE,
)

BYLINE = re.compile(r"by[ :]+(?P<names>[^\W\d_].{2,140})", re.IGNORECASE)
_BYLINE_LINKS_TEXT = """
and in of for the to with at de la al el van von der bin ben ibn special staff writer writers reporter correspondent
correspondents editor editors chief senior political foreign news agencies contributor contributing columnist bureau
our own press freelance journalist photographs photography published updated by editing writing reporting additional
translation video graphics edited written
"""
BYLINE_LINKS = frozenset(_BYLINE_LINKS_TEXT.split())
_CALENDAR_TEXT = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today then now late early noon midnight contrast comparison law then
"""
CALENDAR = frozenset(_CALENDAR_TEXT.split())

# --- photographs ------------------------------------------------------------------------------------------------------

_PHOTO = r"(?:photos?|photographs?|images?|pictures?|pics?|illustrations?|graphics?|screenshots?|screen ?grabs?|video still|still|photo illustration|infographics?|cartoons?|thumbnails?|videos?|maps?|charts?)"
_PHOTO_SORT = r"(?:file|archives?|archival|stock|undated|handout|courtesy|representative|representational|illustrative|representation|featured|cover|lead|main|aerial|satellite|pool|press|library|ap|afp|reuters|getty|epa)"
CAPTIONS = (
    rf"[(\[]?(?:{_PHOTO_SORT} )?{_PHOTO}(?: (?:credits?|by|courtesy(?: of)?|source|via|caption|copyright|for illustration|from|provided by))?(?:\s*[:©|]|\s+-\s|\s?/).{{0,400}}",
    rf"[(\[]?(?:{_PHOTO_SORT} )?{_PHOTO} (?:credits?|courtesy|used with permission)\b.{{0,80}}",
    rf"[(\[]?{_PHOTO_SORT} {_PHOTO}[)\].]?",
    r"(?:caption|file|credits?)\s*:.{0,400}|file (?:photo|-).{0,400}|(?:photo )?captions?:.{0,400}|courtesy(?: of|:).{1,80}",
    rf"in this (?:(?:{_PHOTO_SORT}|undated|[a-z]+\.? \d{{1,2}},? \d{{4}},?|[a-z]+day,? [a-z]+\.? \d{{1,2}},?(?: \d{{4}},?)?) ){{1,3}}(?:photo|photograph|image|picture|frame grab|frame)\b.{{0,500}}",
    r"(?:pictured|seen here|above|below|left|right|top|bottom|\(l-r\)|\(l to r\)|from left|clockwise)(?:[,:]| (?:from|is|are|here|above|below|left|right|in this)\b).{0,300}\b(?:photo|photograph|image|picture|ap|afp|reuters|getty|epa)\b.{0,100}",
    rf".{{0,500}}[.,;!?\"')\]|-]\s*[(\[]?(?:{_PHOTO_SORT} )?{_PHOTO}(?: (?:credits?|by|courtesy(?: of)?|source|via))?\s*[:©].{{1,80}}",
    rf".{{0,500}}[(\[](?:{_PHOTO_SORT} )?{_PHOTO}(?:\s*[:/]| (?:credits?|by|courtesy(?: of)?|source|via)\b).{{1,80}}[)\]]\.?",
    r".{0,500}[(\[](?:ap|afp|reuters|epa|epa-efe|getty|upi|anadolu|xinhua|dpa|efe|ansa|pa|nur|zuma|sipa|tass)(?: photo)?/.{1,80}[)\]]\.?",
    r".{0,500}[(\[](?:[\w .'-]{2,40}/)+(?:ap|afp|reuters|epa|epa-efe|getty|getty images|upi|anadolu|xinhua|dpa|file|pool|ap photo|afp photo|shutterstock|flickr|wikimedia(?: commons)?)(?: photo| images| via \w+)*[)\]]\.?",
    r".{0,500}[(\[](?:ap photo|afp photo|file photo|file|handout|screengrab|screenshot|getty images|reuters photo|getty|shutterstock|wikimedia commons|flickr|istock|creative commons)(?:[/:, ].{0,80})?[)\]]\.?",
    r".{0,400}/\s?(?:reuters|afp|ap|getty(?: images)?|epa|epa-efe|anadolu(?: agency)?|xinhua|shutterstock|flickr|instagram|wikimedia commons|associated press)(?: via (?:getty images|ap|reuters|afp))?\.?",
    r"[\w .'/-]{0,60}\bgetty images\b[\w .'/-]{0,40}",
    r"!?\[[^\]]*\]\([^)]*\)",
)
AGENCY_SLASH_END = re.compile(
    r".{0,400}(?<!\w)(?:REUTERS|Reuters|AFP|AP Photo|AP|EPA|EPA-EFE|Getty(?: Images)?)\s?/\s?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}\.?"
)
BARE_AGENCY_END = re.compile(
    r"[^.!?]{12,220}[^.!?\s]\s*[(\[](?:" + "|".join(re.escape(a) for a in AGENCIES) + r")(?:/\w+)?[)\]]"
)
LONGEST_CAPTION = 60  # words; AP captions run to fifty

CLOSING = r"""
    (?P<photo>\s*[(\[]\s*(?i:(?:file|archive|stock)\s+)?(?i:photo|image|picture)s?\b(?:\s+by|\s+courtesy|\s+credit|\s*:|\s*/)[^()\[\]]{1,120}[)\]]\.?\s*$)
    |(?P<credit>
        \s*[(\[]\s*(?i:source|sources|via|credit|reporting\ by|report(?:ed)?\ by|written\ by|writing\ by|editing\ by|edited\ by|
            translat(?:ed|ion)\ by|additional\ reporting|with\ (?:inputs?|agencies|reports|files)|with\ additional)\b[^()\[\]]{0,240}[)\]]\.?\s*$
        |(?<=[.!?"”’'])\s*[(\[](?:AGENCY)(?:/\w+)?[)\]]\.?\s*$
        |(?<=[.!?"”’'])\s*(?:--?|[–—])\s*(?:AGENCY|with\ agencies|agencies)\.?\s*$
        |(?<=[.!?"”’'])\s+(?:Source|Reporting\ by|Edited\ by|Writing\ by|Translated\ by)\s*:[^.!?]{1,120}\.?\s*$
    )
    |(?P<residue>
        (?<=[.!?"”’'])\s*(?:[|(\[]\s*)?(?:Read\ more|READ\ MORE|Also\ [Rr]ead|ALSO\ READ|Read\ also|READ\ ALSO|See\ also|READ|RELATED|Related|MORE|WATCH)\s*:\s*\S.{1,200}$
        |(?<=[.!?"”’'])\s*(?:[(\[]\s*)?(?:Read\ more|READ\ MORE|Continue\ reading)(?:\s*(?:\.\.\.|…|»|→|[)\]]))*\s*$
    )
    """.replace(
    "AGENCY", "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True)).replace(" ", r"\ ")
)
