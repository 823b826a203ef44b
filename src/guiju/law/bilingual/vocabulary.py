"""Words that have one translation: who acts, what is done, when, and terms of art, in both languages.

Only words that are always rendered alike may be compared; a word with several good translations would raise
false alarms. Expressions are searched without regard to case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guiju.law.citation import Language


@dataclass(frozen=True, slots=True)
class Pair:
    """A notion with its expression in each language, as regular expressions."""

    notion: str
    chinese: str
    english: str

    def find(self, text: str, language: Language) -> Iterator[re.Match[str]]:
        """Give every place where a text names the notion."""
        return re.finditer(self.chinese if language == "zh" else self.english, text, re.IGNORECASE)


ACTORS: Final = (
    Pair("developer", r"研发者|研发主体", r"\bdevelopers?\b|\bentities engaged in [\w\s-]*?R&D"),
    Pair(
        "provider",
        r"提供者|提供人工智能工具的主体",
        r"\bproviders?\b|\bproviding artificial intelligence tools",
    ),
    Pair("user", r"使用者|用户", r"\busers?\b(?! (?:engagement|experience|interface))"),
    Pair(
        "national authority",
        r"国家人工智能主管机关",
        r"National AI Administrative Authority|(?-i:[Tt]he (?:said )?Authority)",
    ),
    Pair("provincial authority", r"省级人工智能主管机关", r"provincial-level authority"),
    Pair("State Council", r"国务院", r"State Council"),
    Pair("court", r"人民法院", r"People[’']s Courts?"),
    Pair("procuratorate", r"人民检察院", r"People[’']s Procuratorates?"),
    Pair("whistleblower", r"举报人", r"whistle-?blow"),
    Pair("employer", r"用人单位", r"\bemployers?\b"),
    Pair("trade union", r"工会", r"trade unions?"),
    Pair("State organ", r"国家机关", r"State organs?|State employees"),
    Pair("copyright holder", r"著作权人", r"copyright holders?"),
    Pair("minors", r"未成年人", r"\bminors\b"),
    Pair("natural person", r"自然人", r"natural persons?"),
    Pair("third party", r"第三方|第三人", r"third[- ]part"),
)

TERMS: Final = (
    Pair("intellectual property", r"知识产权", r"intellectual property"),
    Pair("trade secret", r"商业秘密", r"trade secret"),
    Pair("State secret", r"国家秘密", r"State secret"),
    Pair("personal information", r"个人信息", r"personal information"),
    Pair("national security", r"国家安全", r"national security"),
    Pair("public interest", r"公共利益|公益", r"public[- ]interest"),
    Pair("negative list", r"负面清单", r"negative[- ]list"),
    Pair("fault", r"过错(?!相当)", r"\bfaults?\b"),
    Pair("intent", r"故意", r"\bintention|\bdeliberate|\bwilful"),
    Pair("negligence", r"过失", r"negligen"),
    Pair("joint liability", r"连带责任", r"joint and several"),
    Pair("civil rights", r"民事权益", r"civil rights"),
    Pair("illegal gains", r"违法所得", r"(?:illegal|unlawful) gains"),
    Pair("discrimination", r"歧视", r"discriminat"),
    Pair("bias", r"偏见", r"\bbias"),
    Pair("certification", r"认证", r"certif"),
    Pair("administrative reconsideration", r"行政复议", r"administrative reconsideration"),
    Pair("administrative penalty", r"行政处罚", r"administrative penalt"),
    Pair("administrative regulations", r"行政法规", r"administrative regulations"),
    Pair("unfair competition", r"不正当竞争", r"unfair(?:ly)? compet"),
    Pair("open source", r"开源", r"open[- ]source"),
    Pair("free of charge", r"免费", r"free of charge"),
    Pair("foundation model", r"基础模型", r"foundation(?:al)? model"),
    Pair("AI agent", r"智能体", r"\bagents?\b"),
    Pair("deep synthesis", r"深度合成", r"deep synthesis"),
    Pair("terminal device", r"终端设备", r"terminal devices?"),
    Pair("generative AI", r"生成式人工智能", r"generative (?:AI|artificial intelligence)"),
    Pair("algorithm", r"算法", r"algorithm"),
    Pair("training data", r"训练数据", r"training data"),
    Pair("public data", r"公共数据", r"public data"),
    Pair("log", r"日志", r"\blogs?\b"),
    Pair("audit", r"审计", r"\baudit"),
    Pair("ethics review", r"伦理审查", r"ethics review"),
    Pair("quality management", r"质量管理", r"quality management"),
    Pair("complaint", r"投诉", r"\bcomplaints?\b"),
    Pair("label", r"标识(?!化)|标注|标签", r"\blabel"),
    Pair("confiscation", r"没收", r"confiscat"),
    Pair("suspension", r"暂停|中止", r"\bsuspen"),
    Pair("deregistration", r"注销", r"\bcancel|\bderegist"),
    Pair("regulatory interview", r"约谈", r"\binterview"),
    Pair("business licence", r"营业执照", r"(?:business|operation) licen[cs]e(?!s)"),
    Pair("labour contract", r"劳动合同", r"(?:employment|labou?r) contracts?"),
    Pair("Constitution", r"宪法", r"Constitution"),
    Pair("in writing", r"书面", r"in writing|written"),
    Pair("within the territory", r"境内", r"within (?:the territory|China)|mainland|in the territory"),
    Pair("abroad", r"境外", r"outside the territory|overseas|abroad"),
    Pair("expert", r"专家", r"\bexperts?\b"),
    Pair("collective consultation", r"集体协商", r"collective consultation"),
    Pair("emergency", r"应急", r"emergency"),
    Pair("contact details", r"联系方式", r"contact (?:details|information)"),
    Pair("special fund", r"专项资金", r"special funds?"),
    Pair("tax", r"税", r"\btax"),
    Pair("encouragement", r"鼓励", r"\bencourag"),
    Pair("influence", r"影响力", r"\binfluence"),
)

TIMES: Final = (
    Pair("immediately", r"立即|立刻|马上", r"\bimmediate(?:ly)?\b"),
    Pair("promptly", r"及时", r"\bprompt(?:ly)?\b|\btimely\b"),
    Pair("regularly", r"定期", r"\bregular(?:ly)?\b|\bperiodic(?:al|ally)?\b"),
    Pair("every year", r"每年", r"\bannual(?:ly)?\b|\b(?:each|every) year"),
)

ACTIVITIES: Final = (
    Pair(
        "research and development",
        r"研发",
        r"\bresearch\s*(?:and|&)\s*development\b|\bresearch,?\s+development\b|\bR&D\b|\bdevelop(?:ed|ing|ment)?\b",
    ),
    Pair("provision", r"提供", r"\bprovision(?:ing)?\b|\bprovid(?:e|ed|ing)\b"),
    Pair("use", r"使用", r"\bus(?:e|ed|age|ing)\b"),
)

THINGS: Final = (
    Pair("product", r"产品|下架", r"\bproducts?\b"),
    Pair("service", r"服务", r"\bservices?\b"),
)

HINTS: Final = tuple(
    Pair(english, chinese, english)
    for chinese, english in (
        ("措施", "measure"),
        ("风险", "risk"),
        ("记录", "record"),
        ("保存|保留|留存", "retain|retention|keep"),
        ("报告", "report"),
        ("安全", "secur|safe"),
        ("评估", "assess|evaluat"),
        ("制度", "system|regime"),
        ("机制", "mechanism"),
        ("规定", "provisions|prescrib|regulations|stipulat|provided"),
        ("要求", "require|request"),
        ("申请", "appl(?:y|ication)"),
        ("许可", "licen"),
        ("备案", "filing|regist"),
        ("通知", "notif|notice"),
        ("告知", "inform|communicat"),
        ("数据", r"\bdata"),
        ("模型", "model"),
        ("标准", "standard|criteria"),
        ("监督", "supervis|oversight"),
        ("审查", "review"),
        ("处罚", "penal"),
        ("罚款", r"\bfine"),
        ("责令", r"\border"),
        ("改正", "rectif|correct"),
        ("义务", "obligation|dut(?:y|ies)"),
        ("责任", "liab|responsib"),
        ("损害", "damage|harm"),
        ("侵权", "tort|infring"),
        ("组织", "organiz"),
        ("个人", "individual"),
        ("企业", "enterprise"),
        ("国家", "State|national"),
        ("政府", "government"),
        ("发展", "develop"),
        ("创新", "innovat"),
        ("技术", "techn"),
        ("信息", "information"),
        ("内容", "content"),
        ("系统", "system"),
        ("管理", "manag|administ"),
        ("服务", "service"),
        ("产品", "product"),
        ("场景", "scenario|context"),
        ("过程", "process|during|course"),
        ("培训", r"\btrain"),
        ("教育", "educat"),
        ("停止", "stop|ceas"),
        ("终止", "terminat"),
        ("事件", "incident"),
        ("危害", "harm|endanger"),
        ("行为", r"conduct|\bact\b|\bacts\b"),
        ("公平", "fair"),
        ("透明", "transparen"),
        ("解释", "expla"),
        ("行业", "industr|sector"),
        ("设施", "facilit|infrastructure"),
        ("资源", "resource"),
        ("保护", "protect"),
        ("促进", "promot"),
        ("支持", "support"),
        ("配合", "cooperat"),
        ("提示", "remind|notice"),
        ("处置", "respon|handl|disposal"),
    )
)
"""Words with more than one translation: too loose to compare, good enough to tell what a sentence is about."""
